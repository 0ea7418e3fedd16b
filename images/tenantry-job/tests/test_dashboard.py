import asyncio

from tenantry_job.dashboard import forward, server_process


def test_the_token_goes_with_each_request_as_the_file_has_it_now(tmp_path, monkeypatch):
    token = tmp_path / "token"
    token.write_text("first\n")
    monkeypatch.setenv("RAY_AUTH_TOKEN_PATH", str(token))
    headers = server_process()["request_headers_override"]
    assert headers() == {"Authorization": "Bearer first"}
    token.write_text("second")
    assert headers() == {"Authorization": "Bearer second"}


def test_there_is_no_entry_without_a_ray_cluster(monkeypatch):
    monkeypatch.delenv("RAY_API_SERVER_ADDRESS", raising=False)
    assert server_process()["launcher_entry"]["enabled"] is False
    monkeypatch.setenv("RAY_API_SERVER_ADDRESS", "http://training-head-svc:8265")
    assert server_process()["launcher_entry"]["enabled"] is True


def test_bytes_pass_both_ways_and_a_dead_dashboard_closes_the_connection():
    async def play() -> None:
        async def shout(reader, writer):
            writer.write((await reader.readline()).upper())
            writer.close()

        dashboard = await asyncio.start_server(shout, "127.0.0.1", 0)
        there = dashboard.sockets[0].getsockname()[1]
        here = await free_port()
        forwarding = asyncio.create_task(forward(here, "127.0.0.1", there))
        assert await ask(here) == b"HELLO\n"
        dashboard.close()
        await dashboard.wait_closed()
        assert await ask(here) == b""
        forwarding.cancel()

    asyncio.run(play())


async def free_port() -> int:
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port


async def ask(port: int) -> bytes:
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            break
        except ConnectionError:
            await asyncio.sleep(0)
    writer.write(b"hello\n")
    answer = await reader.read()
    writer.close()
    return answer
