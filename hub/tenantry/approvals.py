"""The page on which sign-ups are approved: by administrators of the hub, and by a tenant's admins for its members."""

from nativeauthenticator.handlers import LocalBase
from nativeauthenticator.orm import UserInfo
from tornado import web

from .tenants import Person

DECISIONS = ("approve", "revoke", "discard")


class ApprovalsHandler(LocalBase):
    """Changes accounts on POST only, which JupyterHub guards against forged requests."""

    @web.authenticated
    async def get(self):
        tenants = self.authenticator.tenants
        # may_approve looks at what was read last.
        await tenants.current()
        if not self.authenticator.may_approve(self.current_user):
            raise web.HTTPError(403, "only administrators and admins of a tenant approve accounts")
        accounts = [
            (account, await tenants.of(Person(account.username)))
            for account in self.db.query(UserInfo).order_by(UserInfo.is_authorized, UserInfo.username)
            if self._may_change(account.username)
        ]
        self.finish(await self.render_template("approvals.html", accounts=accounts))

    @web.authenticated
    async def post(self):
        name, decision = self.get_body_argument("name"), self.get_body_argument("decision")
        if decision not in DECISIONS:
            raise web.HTTPError(400, f"decision is one of {', '.join(DECISIONS)}")
        await self.authenticator.tenants.current()
        account = UserInfo.find(self.db, name)
        if account is None or not self._may_change(name):
            raise web.HTTPError(404, f"there is no account {name} for you to decide on")
        if decision != "discard":
            account.is_authorized = decision == "approve"
        elif account.is_authorized:
            raise web.HTTPError(409, f"{name} is approved: revoke that first")
        else:
            self.db.delete(account)
        self.db.commit()
        self.log.info("account %s: %s by %s", name, decision, self.current_user.name)
        self.redirect(f"{self.hub.base_url}authorize")

    def _may_change(self, name):
        return name != self.authenticator.first_admin and self.authenticator.may_approve(self.current_user, name)
