"""The dashboard of the tenant's first Ray cluster inside JupyterLab, by jupyter-server-proxy."""

import asyncio
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit


def server_process() -> dict:
    """jupyter-server-proxy 4.6 reaches local ports only, so a forwarder listens on one."""
    return {
        "command": [sys.executable, "-m", "tenantry_job.dashboard", "{port}"],
        "timeout": 30,
        "request_headers_override": _authorization,
        "launcher_entry": {"title": "Ray dashboard", "enabled": "RAY_API_SERVER_ADDRESS" in os.environ},
        # An open dashboard asks every few seconds; that is no reason to keep the server.
        "update_last_activity": False,
    }


def _authorization() -> dict[str, str]:
    """The browser never sees the token; the file is read each time, for it may change."""
    path = os.environ.get("RAY_AUTH_TOKEN_PATH")
    return {} if path is None else {"Authorization": f"Bearer {Path(path).read_text().strip()}"}


async def forward(port: int, host: str, remote_port: int) -> None:
    """Passes every connection to 127.0.0.1:port on."""

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            remote_reader, remote_writer = await asyncio.open_connection(host, remote_port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_copy(reader, remote_writer), _copy(remote_reader, writer))

    server = await asyncio.start_server(connect, "127.0.0.1", port)
    await server.serve_forever()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


if __name__ == "__main__":
    address = urlsplit(os.environ["RAY_API_SERVER_ADDRESS"])
    asyncio.run(forward(int(sys.argv[1]), address.hostname, address.port or 80))
