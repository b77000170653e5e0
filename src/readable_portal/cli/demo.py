"""``readable-portal demo``: a provincial portal of today, made readable, on this machine."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import uvicorn
from rich.console import Console

if TYPE_CHECKING:
    import socket
    from types import ModuleType

__all__ = ["demo", "load_portal"]

PACKAGE = "readable_portal.demo_portal"
# The article that the project began with; see /so-do-cong for a page that gets no tools.
FIRST_ARTICLE = "/tin-tuc/kiem-soat-thu-tuc"


def load_portal() -> ModuleType:
    """Import the demo portal: from the installed wheel, or from ``examples/`` of a checkout.

    Raises:
        typer.BadParameter: Neither is there.
    """
    if importlib.util.find_spec(PACKAGE):
        return importlib.import_module(PACKAGE)
    folder = Path(__file__).parents[3] / "examples" / "demo_portal"
    spec = importlib.util.spec_from_file_location(
        PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None or not folder.is_dir():
        raise typer.BadParameter(f"the demo portal is neither installed nor in {folder}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = module
    spec.loader.exec_module(module)
    return module


class _AnnouncingServer(uvicorn.Server):
    """Says where it is once it listens, so that the address is never one that does not answer yet."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if not self.started:
            return
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        host = f"[{host}]" if ":" in host else host
        site = f"http://{host}:{port}"
        console = Console(soft_wrap=True, highlight=False)
        console.print(f"Portal:   {site}/")
        console.print(f"Article:  {site}{FIRST_ARTICLE}")
        console.print("Stop with Ctrl+C.")


def demo(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for other devices.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 picks a free one.")
    ] = 8000,
) -> None:
    """Serve a sample portal with the reading tools on every article.

    Settings are read from the environment (READABLE_PORTAL_*) as everywhere.
    """
    app = load_portal().create_app()
    server = _AnnouncingServer(uvicorn.Config(app, host=host, port=port, log_level="warning"))
    server.run()
    if not server.started:
        raise typer.Exit(1)
