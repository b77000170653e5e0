"""Build the wheel and look into it: all that a user needs, nothing else, and the demo runs from it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urljoin

HOME = Path(__file__).parents[1]
# A server that is not up by then never will be.
SECONDS = 60


def build(folder: Path) -> Path:
    """Build the wheel into ``folder`` as pip does for a user."""
    pip = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(HOME)], check=True)
    [wheel] = folder.glob("*.whl")
    return wheel


def expected() -> set[str]:
    """Names that must be in the wheel: all tracked files of package, demo portal, elements' examples."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "src/readable_portal", "examples/demo_portal", "widgets/*/example.html"],
        cwd=HOME,
        check=True,
        capture_output=True,
        text=True,
    )
    places = {
        "src/": "",
        "examples/demo_portal/": "readable_portal/demo_portal/",
        "widgets/": "readable_portal/demo_portal/gallery/",
    }
    return {
        name.replace(tracked, shipped, 1)
        for name in listed.stdout.split("\0")
        for tracked, shipped in places.items()
        if name.startswith(tracked)
    }


def check_contents(wheel: Path) -> list[str]:
    """What is missing, and what should not be there."""
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    wanted = expected()
    missing = [f"missing from the wheel: {name}" for name in sorted(wanted - inside)]
    return missing + [f"in the wheel, but not tracked: {name}" for name in sorted(inside - wanted)]


def run_demo(wheel: Path, folder: Path) -> list[str]:
    """Serve the demo portal from the unpacked wheel; fetch an article, its widget and its reader page."""
    unpacked = folder / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    server = subprocess.Popen(
        [sys.executable, "-m", "readable_portal", "demo", "--port", "0"],
        cwd=folder,
        # Before the checkout's own editable install.
        env={**os.environ, "PYTHONPATH": str(unpacked), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    watch = threading.Timer(SECONDS, server.kill)
    watch.start()
    try:
        told = iter(server.stdout or ())
        article = next((match[1] for line in told if (match := re.search(r"Article:\s+(\S+)", line))), "")
        if not article:
            return ["the demo from the wheel did not start"]
        page = urllib.request.urlopen(article).read().decode()
        added = re.findall(r'<script src="([^"]+)"[^>]*></script>|<noscript><a href="([^"]+)"', page)
        addresses = [urljoin(article, (script or link).replace("&amp;", "&")) for script, link in added]
        sizes = {address: len(urllib.request.urlopen(address).read()) for address in addresses}
        print("\n".join(f"  {address}: {size} bytes" for address, size in sizes.items()))
        return [] if len(sizes) == 2 else [f"the page of the demo has not both script and link: {added}"]
    finally:
        watch.cancel()
        server.terminate()
        server.wait(SECONDS)


def main() -> int:
    """Print what is wrong; 0 if nothing is."""
    with tempfile.TemporaryDirectory() as name:
        wheel = build(Path(name))
        print(f"{wheel.name}: {wheel.stat().st_size} bytes")
        problems = check_contents(wheel) or run_demo(wheel, Path(name))
    print("\n".join(problems) or "the wheel is complete, and the demo runs from it")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
