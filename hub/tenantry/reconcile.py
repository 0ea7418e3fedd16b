"""A service of the hub that stops servers whose owner has lost the right to them.

A server goes when its tenant is frozen or archived, or its owner is a member no more. It stays while the tenant's
ConfigMap cannot be read, and goes by itself with its namespace.
"""

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import AsyncIterator, Mapping

from kubernetes_asyncio.client import CoreV1Api
from kubespawner.clients import load_config
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.httputil import url_concat

from .tenants import Person, Tenant, Tenants

log = logging.getLogger("tenantry.reconcile")


class Hub:
    """The part of the hub's REST API that the service needs."""

    def __init__(self, url: str, token: str):
        self.url = url
        self.headers = {"Authorization": f"token {token}", "Accept": "application/jupyterhub-pagination+json"}

    async def active_users(self) -> AsyncIterator[Mapping]:
        url = url_concat(f"{self.url}/users", {"state": "active"})
        while url:
            answer = await AsyncHTTPClient().fetch(HTTPRequest(url, headers=self.headers, request_timeout=60))
            page = json.loads(answer.body)
            for user in page["items"]:
                yield user
            following = page["_pagination"]["next"]
            url = following and following["url"]

    async def stop(self, user: str, server: str) -> None:
        path = f"/users/{user}/servers/{server}" if server else f"/users/{user}/server"
        request = HTTPRequest(self.url + path, method="DELETE", headers=self.headers, request_timeout=60)
        try:
            await AsyncHTTPClient().fetch(request)
        except HTTPClientError as error:
            # 400: it starts or stops at this moment; the next round sees it again.
            if error.code not in (400, 404):
                raise


def may_run(tenants: Mapping[str, Tenant | None], namespace: str | None, owner: Person) -> bool:
    """Whether a server may stay in the namespace where it is."""
    if namespace not in tenants:
        return False
    tenant = tenants[namespace]
    return tenant is None or (tenant.runs and tenant.has(owner))


async def stop_lost(
    hub, tenants: Mapping[str, Tenant | None], trusts_groups: bool, starting: frozenset = frozenset()
) -> frozenset:
    """Stops servers that may not run. Gives those that only start: the next round stops them if they are the same.

    A server that starts may still name the tenant of its last start, or none: the hub chooses the namespace after it
    has said that the server starts.
    """
    seen = set()
    async for user in hub.active_users():
        owner = Person(user["name"], frozenset(user["groups"] if trusts_groups else ()))
        for name, server in user["servers"].items():
            namespace = (server["state"] or {}).get("namespace")
            if may_run(tenants, namespace, owner):
                continue
            start = (owner.name, name, namespace)
            if server["pending"] == "spawn" and start not in starting:
                seen.add(start)
                continue
            log.warning("%s may not run a server in %s any more: it is stopped", owner.name, namespace)
            await hub.stop(owner.name, name)
    return frozenset(seen)


async def main() -> None:
    logging.basicConfig(level=logging.INFO, format="[tenantry %(levelname)s] %(message)s")
    load_config()
    hub = Hub(os.environ["JUPYTERHUB_API_URL"], os.environ["JUPYTERHUB_API_TOKEN"])
    tenants = Tenants(CoreV1Api(), max_age=0)
    trusts_groups = os.environ.get("TENANTRY_GROUPS") == "true"
    seconds = float(os.environ["TENANTRY_EVERY"])
    starting = frozenset()
    while True:
        try:
            starting = await stop_lost(hub, await tenants.current(), trusts_groups, starting)
        except Exception:
            log.exception("this round failed, the next one is in %g seconds", seconds)
        await asyncio.sleep(seconds)


if __name__ == "__main__":
    # The hub ends its services so.
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
