"""The demo portal with the reading tools, served by uvicorn in a process of its own; prints its port."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys

import uvicorn

from readable_portal.cli.demo import load_portal


async def main(store: str) -> None:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    app = load_portal().create_app(store=store)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, log_level="warning", ws="websockets-sansio")
        # Connections wait in the socket until the server takes them.
        print(listening.getsockname()[1], flush=True)  # noqa: T201 - whoever started us reads it
        await uvicorn.Server(config).serve(sockets=[listening])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
