"""Check what is delivered besides the wheel: `python tools/check_delivery.py`.

No container engine is needed: the Dockerfile is linted, and its steps are run in a scratch folder (copies are
copied, RUN lines run with their paths moved there), until the installed command answers. The compose file,
the systemd unit and the nginx and IIS files are read by a parser of their kind, and a list of all packages
with their licences (SBOM, CycloneDX) is made and looked into.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import yaml

HOME = Path(__file__).parents[1]
DEPLOY = HOME / "examples" / "deploy"
# Folders of the image that its steps write to.
MOVED = ("/build", "/opt/readable-portal", "/var/lib/readable-portal")


def instructions(text: str) -> list[tuple[str, str]]:
    """Name and arguments of each instruction of a Dockerfile."""
    joined = re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", text))
    lines = (line.split(None, 1) for line in joined.splitlines() if line.strip())
    return [(name.upper(), rest[0] if rest else "") for name, *rest in lines]


def run_steps(root: Path) -> None:
    """Run the Dockerfile's COPY and RUN instructions with its folders below ``root``."""

    def moved(text: str) -> str:
        return re.sub("|".join(map(re.escape, MOVED)), lambda found: f"{root}{found[0]}", text)

    here = root
    for name, rest in instructions((DEPLOY / "Dockerfile").read_text("utf-8")):
        if name == "WORKDIR":
            here = Path(moved(rest))
            here.mkdir(parents=True)
        elif name == "COPY" and not rest.startswith("--from"):
            *sources, target = shlex.split(rest)
            for source in sources:
                if (HOME / source).is_dir():
                    shutil.copytree(
                        HOME / source, here / target, ignore=shutil.ignore_patterns("__pycache__")
                    )
                else:
                    shutil.copy(HOME / source, here / target)
        elif name == "RUN":
            command = moved(rest).replace("python -m venv", f"{sys.executable} -m venv")
            # Only root may give files away.
            command = command.replace("-o 10001 -g 10001 ", "")
            subprocess.run(["bash", "-ec", command], cwd=here, check=True, stdout=subprocess.DEVNULL)
    program = root / "opt/readable-portal/bin/readable-portal"
    print(subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.strip())


def check_dockerfile() -> None:
    """Lint it; it runs without rights, and names its health check."""
    subprocess.run(["npx", "--yes", "dockerfile-utils@0.16.3", "lint", "Dockerfile"], cwd=DEPLOY, check=True)
    found = dict(instructions((DEPLOY / "Dockerfile").read_text("utf-8")))
    require(
        found["USER"] != "root" and "HEALTHCHECK" in found, "the image runs as nobody and tells its health"
    )


def check_compose() -> None:
    """Every service of ours is read-only, without rights, and waits for its queue."""
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    require(set(services) == {"portal", "worker", "redis"}, "portal, worker and redis")
    for name, service in services.items():
        hardened = service["read_only"] and service["cap_drop"] == ["ALL"] and service["security_opt"]
        require(bool(hardened), f"{name} is read-only and has no rights")


def check_unit() -> None:
    """The unit is one that systemd takes, where there is a systemd to ask."""
    if shutil.which("systemd-analyze") is None:
        print("systemd-analyze is not here: the unit was not checked")
        return
    answer = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / "readable-portal.service")],
        check=False,
        capture_output=True,
        text=True,
    )
    # The command itself is not installed on a machine that only checks.
    wrong = [line for line in answer.stderr.splitlines() if line and "is not executable" not in line]
    require(not wrong, "\n".join(wrong))


def check_web_servers() -> None:
    """Files that web servers read have the form that they read."""
    rules = ET.parse(DEPLOY / "web.config").getroot().iter("rule")  # noqa: S314 - our own file
    require(any(rule.get("name") == "readable-portal" for rule in rules), "IIS has our rule")
    nginx = (DEPLOY / "nginx.conf").read_text("utf-8")
    require(
        nginx.count("{") == nginx.count("}") and "proxy_buffering off" in nginx, "nginx does not buffer audio"
    )


def check_bill(folder: Path) -> None:
    """A list of what is installed holds every package that we name, each with a version."""
    bill = folder / "sbom.json"
    python = folder / "opt/readable-portal/bin/python"
    command = ["cyclonedx_py", "environment", str(python), "-o", str(bill)]
    subprocess.run([sys.executable, "-m", *command], check=True)
    parts = {
        each["name"].lower(): each.get("version")
        for each in json.loads(bill.read_text("utf-8"))["components"]
    }
    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
    named = {re.match(r"[\w.-]+", each)[0].lower() for each in project["dependencies"]}  # type: ignore[index]
    require(all(parts.get(name) for name in named), f"the bill lacks {named - set(parts)}")
    print(f"bill of materials: {len(parts)} packages")


def require(holds: bool, what: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Stop with a message where something does not hold."""
    if not holds:
        sys.exit(f"delivery: {what}")


def main() -> None:
    """Check all."""
    check_dockerfile()
    check_compose()
    check_unit()
    check_web_servers()
    with tempfile.TemporaryDirectory() as folder:
        run_steps(Path(folder))
        check_bill(Path(folder))


if __name__ == "__main__":
    main()
