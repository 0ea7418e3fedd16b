import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cluster import config
from conftest import user
from traitlets.config import Config

from tenantry.single_sign_on import TenantSingleSignOn


@pytest.fixture
def provider():
    """A provider that answers for its addresses; `says` is the issuer that it names."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            assert self.path == "/.well-known/openid-configuration"
            base = self.server.says
            names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
            body = {"issuer": base} | {name: f"{base}/{name}" for name in names}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.url = server.says = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def make(provider, tenants, tmp_path, db):
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")

    def make():
        settings = {
            "issuer": provider.url,
            "client_secret_file": str(secret),
            "manage_groups": True,
            "auth_state_groups_key": "oauth_user.groups",
            "admin_groups": ["platform"],
        }
        one = TenantSingleSignOn(config=Config(TenantSingleSignOn=settings), _deprecated_db_session=db)
        one.tenants = tenants
        return one

    return make


def model(*groups, admin=None):
    return {"groups": list(groups), "admin": admin, "auth_state": {}}


def test_addresses_and_secret_come_from_provider_and_file(make, provider):
    one = make()
    assert one.token_url == f"{provider.url}/token_endpoint"
    assert one.authorize_url == f"{provider.url}/authorization_endpoint"
    assert one.userdata_url == f"{provider.url}/userinfo_endpoint"
    assert one.client_secret == "s3cret"


def test_a_provider_that_names_another_issuer_is_refused(make, provider):
    provider.says = "http://mallory.example.com"
    with pytest.raises(ValueError, match="says that it is http://mallory"):
        make()


async def test_members_by_name_or_group_and_administrators_come_in(make):
    one = make()
    assert await one.check_allowed("grace", model())
    assert await one.check_allowed("somebody", model("vision-users"))
    assert await one.check_allowed("root", model(admin=True))
    assert not await one.check_allowed("mallory", model("others"))


async def test_who_is_removed_has_to_go(make, cluster):
    one = make()
    assert await one.refresh_user(user("somebody", groups=["vision-users"]))
    assert await one.refresh_user(user("grace"))
    cluster.tenants["vision"] = config(groups={"admins": "a", "users": "b"})
    assert not await one.refresh_user(user("somebody", groups=["vision-users"]))
    assert not await one.refresh_user(user("grace"))
