"""Who may come in: members of a tenant, and administrators of the hub."""

from functools import cached_property

from jupyterhub.auth import Authenticator
from kubespawner.clients import load_config, shared_client
from traitlets import Bool, Float

from .tenants import Person, Tenant, Tenants


class Membership(Authenticator):
    """What both authenticators share. It asks for membership at login, at each refresh and before each start."""

    # Members by group count only where somebody vouches for groups.
    trusts_groups = False

    max_age = Float(10, config=True, help="Seconds for which tenants are not read again.")
    # check_allowed below is the whole rule; without this JupyterHub warns that nobody can come in.
    any_allow_config = Bool(True)

    @cached_property
    def tenants(self) -> Tenants:
        load_config()
        return Tenants(shared_client("CoreV1Api"), self.max_age)

    def person(self, user) -> Person:
        groups = (group.name for group in user.groups) if self.trusts_groups else ()
        return Person(user.name, frozenset(groups))

    async def tenants_of(self, user) -> list[Tenant]:
        return await self.tenants.of(self.person(user))

    async def is_welcome(self, person: Person, admin: bool) -> bool:
        return admin or bool(await self.tenants.of(person))
