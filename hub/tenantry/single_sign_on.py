"""Accounts of an OpenID Connect provider."""

import json
from urllib.request import urlopen

from oauthenticator.generic import GenericOAuthenticator
from traitlets import Unicode

from .membership import Membership
from .tenants import Person


class TenantSingleSignOn(Membership, GenericOAuthenticator):
    """GenericOAuthenticator whose addresses come from the provider itself, and whose members are those of tenants."""

    trusts_groups = True

    issuer = Unicode(config=True, help="Address of the provider, without a slash at its end.")
    client_secret_file = Unicode(config=True, help="File with the secret of the hub's client.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.client_secret_file:
            with open(self.client_secret_file) as file:
                self.client_secret = file.read().strip()
        if self.issuer:
            self._discover()

    def _discover(self):
        # The hub does not listen yet, so that it may wait; without a provider it ends, and starts again.
        with urlopen(f"{self.issuer}/.well-known/openid-configuration", timeout=10) as answer:
            found = json.load(answer)
        if found["issuer"] != self.issuer:
            raise ValueError(f"{self.issuer} says that it is {found['issuer']}")
        self.authorize_url = found["authorization_endpoint"]
        self.token_url = found["token_endpoint"]
        self.userdata_url = found["userinfo_endpoint"]

    async def check_allowed(self, username, auth_model):
        person = Person(username, frozenset(auth_model.get("groups") or ()))
        return await self.is_welcome(person, bool(auth_model.get("admin")))

    async def refresh_user(self, user, handler=None, **kwargs):
        refreshed = await super().refresh_user(user, handler, **kwargs)
        if isinstance(refreshed, dict):
            return refreshed if await self.check_allowed(user.name, refreshed) else False
        return bool(refreshed) and await self.is_welcome(self.person(user), user.admin)
