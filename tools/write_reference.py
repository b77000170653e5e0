"""Write the reference pages from the code: docs/settings.md and docs/commands.md.

    python tools/write_reference.py            writes them
    python tools/write_reference.py --check    fails if they are not what the code says

Only what stands between the two marker lines of a page is written; the rest is by hand.
"""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import typer.main

from readable_portal.cli import app
from readable_portal.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

HOME = Path(__file__).parents[1]
BEGIN = "<!-- written by tools/write_reference.py: change the code, not these lines -->"
END = "<!-- end of what is written -->"


def settings_reference() -> str:
    """A table for each section of the settings, in the order of the code."""
    source = (HOME / "src/readable_portal/settings.py").read_text("utf-8")
    declared = source[source.index("class Settings:") :]
    hints = get_type_hints(Settings)
    known = {each.name: each for each in fields(Settings)}
    lines: list[str] = []
    after_blank = False
    for line in declared.splitlines():
        heading = re.fullmatch(r"    # (\w.*?)\.?", line)
        name = re.match(r"    (\w+):", line)
        if heading and after_blank:
            lines += [
                "",
                f"## {heading[1]}",
                "",
                "| setting | default | what it does |",
                "| --- | --- | --- |",
            ]
        elif name and name[1] in known:
            each = known[name[1]]
            help_text = each.metadata["help"].replace("|", "\\|")
            choices = get_args(hints[each.name]) if isinstance(each.default, str) else ()
            if choices:
                help_text += f" One of {', '.join(f'`{choice}`' for choice in choices)}."
            lines.append(f"| `{each.name}` | {_default(each.default)} | {help_text} |")
        after_blank = not line.strip()
    return "\n".join(lines).strip()


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int) and value >= 1024 * 1024 and value % (1024 * 1024) == 0:
        return f"`{value}` ({value // (1024 * 1024)} MiB)"
    if isinstance(value, tuple):
        return f"`{list(value)}`".replace("'", '"')
    return f"`{value}`" if value != "" else "none"


def commands_reference() -> str:
    """A section for each command: what it does, its arguments and options."""
    group: Any = typer.main.get_command(app)
    lines: list[str] = []
    for name, command in group.commands.items():
        about = re.sub(r"\n(?!\n)\s*", " ", (command.help or "").replace("\f", "").strip())
        about = re.sub(r" ?\n ?", "\n\n", about)
        lines += ["", f"## {name}", "", about, "", "```sh", f"readable-portal {name}{_usage(command)}", "```"]
        shown = [param for param in command.params if not getattr(param, "hidden", False)]
        if shown:
            lines += ["", "| | default | what it does |", "| --- | --- | --- |"]
        for param in shown:
            own = param.opts + param.secondary_opts
            label = f"`{(param.metavar or param.name.upper())}`" if not own[0].startswith("-") else ""
            label = label or ", ".join(f"`{option}`" for option in own)
            default = param.default() if callable(param.default) else param.default
            told = "" if default in {None, ..., False, ""} or "Sentinel" in repr(default) else f"`{default}`"
            help_text = " ".join((getattr(param, "help", "") or "").split()).replace("|", "\\|")
            lines.append(f"| {label} | {told} | {help_text} |")
    return "\n".join(lines).strip()


def _usage(command: Any) -> str:
    arguments = [param for param in command.params if not param.opts[0].startswith("-")]
    options = " [OPTIONS]" if len(arguments) < len(command.params) else ""
    return "".join(f" {(param.metavar or param.name.upper())}" for param in arguments) + options


PAGES: dict[str, Callable[[], str]] = {
    "docs/settings.md": settings_reference,
    "docs/commands.md": commands_reference,
}


def stale() -> list[str]:
    """Pages that are not what the code says."""
    return [name for name in PAGES if _written(name) != (HOME / name).read_text("utf-8")]


def _written(name: str) -> str:
    page = (HOME / name).read_text("utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{PAGES[name]()}\n\n{END}{tail}"


def main() -> int:
    """Write, or with --check only compare."""
    names = stale()
    if "--check" not in sys.argv:
        for name in names:
            (HOME / name).write_text(_written(name), "utf-8")
        return 0
    for name in names:
        print(f"{name} is not what the code says; call: python tools/write_reference.py")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
