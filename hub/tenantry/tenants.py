"""Tenants as the cluster has them now."""

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass

from kubernetes_asyncio.client import ApiException

CONFIG_MAP = "tenantry-tenant"
LABEL = "tenantry.dev/tenant"

# How many ConfigMaps are read at once, of at most 100 connections that the shared client has.
CONCURRENCY = 20

log = logging.getLogger("jupyterhub.tenantry")


@dataclass(frozen=True)
class Person:
    """A user and the groups that the identity provider vouches for."""

    name: str
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Tenant:
    """One tenant; its name is also its namespace."""

    name: str
    display_name: str
    state: str
    admins: frozenset[str]
    users: frozenset[str]
    admin_group: str
    user_group: str
    profiles: tuple[str, ...]
    home: str
    idle_timeout: int
    submit_jobs: bool
    datasets: tuple[Mapping, ...]
    secrets: tuple[str, ...]
    ray: tuple[Mapping, ...]

    @property
    def runs(self) -> bool:
        """Whether servers may run: a frozen tenant keeps its members and loses its servers."""
        return self.state == "active"

    @property
    def opens(self) -> bool:
        """Whether members may come in."""
        return self.state != "archived"

    def is_admin(self, person: Person) -> bool:
        return person.name in self.admins or self.admin_group in person.groups

    def has(self, person: Person) -> bool:
        return self.is_admin(person) or person.name in self.users or self.user_group in person.groups


def parse(name: str, text: str) -> Tenant:
    """The tenant of a namespace. Raises ValueError, KeyError or TypeError for what the charts did not write."""
    data = json.loads(text)
    return Tenant(
        name=name,
        display_name=str(data["displayName"]),
        state=data["state"],
        admins=frozenset(data["members"]["admins"]),
        users=frozenset(data["members"]["users"]),
        admin_group=data["groups"]["admins"],
        user_group=data["groups"]["users"],
        profiles=tuple(data["profiles"]),
        home=data["home"],
        idle_timeout=int(data["idleTimeoutSeconds"]),
        submit_jobs=data["submitJobs"],
        datasets=tuple(data["datasets"]),
        secrets=tuple(data["secrets"]),
        ray=tuple(data["ray"]),
    )


class Tenants:
    """Reads tenants when they are asked for, at most once in so many seconds."""

    def __init__(self, api, max_age: float = 10, clock=time.monotonic):
        self.api = api
        self.max_age = max_age
        self.clock = clock
        self.last: Mapping[str, Tenant | None] | None = None
        self._read_at = 0.0
        self._lock = asyncio.Lock()

    async def current(self) -> Mapping[str, Tenant | None]:
        """Tenants by name; None is one that is there but cannot be read: nothing new may start in it.

        While the API server does not answer, what was read last holds. Raises if nothing ever was.
        """
        async with self._lock:
            if self.last is None or self.clock() - self._read_at >= self.max_age:
                try:
                    self.last = await self._read()
                except Exception:
                    if self.last is None:
                        raise
                    log.exception("tenants cannot be read, the last ones hold")
                self._read_at = self.clock()
            return self.last

    async def of(self, person: Person) -> list[Tenant]:
        """The tenants that a person may come in to, by their names for people."""
        tenants = (await self.current()).values()
        mine = [tenant for tenant in tenants if tenant and tenant.opens and tenant.has(person)]
        return sorted(mine, key=lambda tenant: (tenant.display_name.casefold(), tenant.name))

    async def _read(self) -> Mapping[str, Tenant | None]:
        namespaces = (await self.api.list_namespace(label_selector=LABEL)).items
        names = [
            metadata.name
            for metadata in (namespace.metadata for namespace in namespaces)
            # Whoever could label another namespace would otherwise get the hub to look there.
            if metadata.labels[LABEL] == metadata.name and metadata.deletion_timestamp is None
        ]
        gate = asyncio.Semaphore(CONCURRENCY)
        return dict(zip(names, await asyncio.gather(*(self._read_one(name, gate) for name in names)), strict=True))

    async def _read_one(self, name: str, gate: asyncio.Semaphore) -> Tenant | None:
        try:
            async with gate:
                found = await self.api.read_namespaced_config_map(CONFIG_MAP, name)
            return parse(name, found.data["tenant.json"])
        except ApiException as error:
            # 403: the Role of a new tenant is not there yet.
            if error.status in (403, 404):
                return None
            raise
        except (ValueError, KeyError, TypeError):
            log.exception("tenant %s: its ConfigMap is not understood", name)
            return None
