"""Accounts of the hub's own: people sign up, an administrator approves."""

from pathlib import Path

import bcrypt
from jupyterhub import orm
from nativeauthenticator import NativeAuthenticator
from nativeauthenticator.orm import UserInfo
from traitlets import Unicode

from .approvals import ApprovalsHandler
from .membership import Membership
from .tenants import Person

# Handlers that change an account on GET: a link in an e-mail or a notebook would do it (nativeauthenticator 1.3.0).
REPLACED = (r"/authorize", r"/authorize/([^/]*)", r"/discard/([^/]*)")


class TenantAuthenticator(Membership, NativeAuthenticator):
    """NativeAuthenticator in which a name in a tenant file opens no account.

    NativeAuthenticator takes whoever signs up with a name of `allowed_users` or `admin_users` for that person
    (1.3.0, create_user), so both stay empty: membership is asked for when an approved account logs in.
    """

    first_admin = Unicode("admin", config=True, help="Administrator who approves the first accounts.")
    first_admin_password_file = Unicode(config=True, help="File with the password that the account is made with.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The hub makes its authenticator before it listens: nobody can sign up with this name first.
        if self.first_admin_password_file:
            self._make_first_admin()

    def _make_first_admin(self):
        if self.get_user(self.first_admin) is None:
            password = Path(self.first_admin_password_file).read_text().strip()
            hashed = bcrypt.hashpw(password.encode(), bcrypt.gensalt())
            self.db.add(UserInfo(username=self.first_admin, password=hashed, is_authorized=True))
            self.db.commit()

    def create_user(self, username, password, **kwargs):
        # The account may have been deleted: whoever signs up with its name would be an administrator.
        if self.normalize_username(username) == self.first_admin:
            return None
        return super().create_user(username, password, **kwargs)

    async def check_allowed(self, username, authentication=None):
        return await self.is_welcome(Person(username), self._is_hub_admin(username))

    def is_admin(self, handler, authentication):
        # None leaves others as the admin page has made them.
        return True if authentication["name"] == self.first_admin else None

    async def refresh_user(self, user, handler=None):
        account = self.get_user(user.name)
        if account is None or not account.is_authorized:
            return False
        return await self.is_welcome(self.person(user), user.admin)

    def _is_hub_admin(self, username):
        user = orm.User.find(self.db, username)
        return username == self.first_admin or (user is not None and user.admin)

    def get_handlers(self, app):
        app.template_vars.setdefault("may_approve", self.may_approve)
        kept = [(path, handler) for path, handler in super().get_handlers(app) if path not in REPLACED]
        return [*kept, (r"/authorize", ApprovalsHandler)]

    def may_approve(self, user, name=None) -> bool:
        """Whether a user may approve an account, or any at all: hub administrators, and admins of its tenants."""
        if user is None or user.admin:
            return user is not None
        if name is not None and self._is_hub_admin(name):
            return False
        own = [t for t in (self.tenants.last or {}).values() if t and t.opens and t.is_admin(self.person(user))]
        return any(name is None or tenant.has(Person(name)) for tenant in own)
