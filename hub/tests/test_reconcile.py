import pytest
from cluster import NLP, VISION, Cluster, config

from tenantry.reconcile import stop_lost
from tenantry.tenants import Tenants


class Hub:
    def __init__(self, *users):
        self.users = users
        self.stops = []

    async def active_users(self):
        for user in self.users:
            yield user

    async def stop(self, user, server):
        self.stops.append((user, server))


def running(name, namespace, server="", groups=(), pending=None):
    servers = {server: {"state": {"namespace": namespace}, "pending": pending}}
    return {"name": name, "groups": list(groups), "servers": servers}


async def stopped(tenants, *users, trusts_groups=False):
    hub = Hub(*users)
    await stop_lost(hub, await Tenants(Cluster(**tenants)).current(), trusts_groups)
    return [name for name, _ in hub.stops]


BOTH = {"vision": VISION, "nlp": NLP}


async def test_members_keep_their_servers():
    assert await stopped(BOTH, running("grace", "vision"), running("bob", "nlp")) == []


async def test_a_removed_member_loses_the_server_of_that_tenant_only():
    users = running("bob", "nlp"), running("grace", "vision")
    assert await stopped(BOTH | {"vision": config(admins=["ada"])}, *users) == ["grace"]


@pytest.mark.parametrize("state", ["frozen", "archived"])
async def test_all_servers_of_a_tenant_that_does_not_run_are_stopped(state):
    users = running("ada", "vision"), running("grace", "vision"), running("bob", "nlp")
    assert await stopped(BOTH | {"vision": VISION | {"state": state}}, *users) == ["ada", "grace"]


async def test_servers_stay_while_their_tenant_cannot_be_read():
    assert await stopped(BOTH | {"vision": 403}, running("mallory", "vision")) == []


async def test_a_server_outside_of_tenants_is_stopped():
    assert await stopped(BOTH, running("ada", "jupyterhub")) == ["ada"]
    no_state = {"name": "ada", "groups": [], "servers": {"": {"state": None, "pending": None}}}
    assert await stopped(BOTH, no_state) == ["ada"]


async def test_a_server_that_starts_has_a_round_to_choose_its_namespace():
    tenants = await Tenants(Cluster(**BOTH)).current()
    hub = Hub(running("ada", "jupyterhub", pending="spawn"))
    starting = await stop_lost(hub, tenants, False)
    assert hub.stops == []
    hub.users = (running("ada", "vision", pending="spawn"),)
    assert await stop_lost(hub, tenants, False, starting) == frozenset()
    assert hub.stops == []


async def test_a_start_that_stays_without_right_is_stopped_in_the_next_round():
    tenants = await Tenants(Cluster(**BOTH)).current()
    hub = Hub(running("mallory", "vision", pending="spawn"))
    starting = await stop_lost(hub, tenants, False)
    await stop_lost(hub, tenants, False, starting)
    assert hub.stops == [("mallory", "")]


async def test_named_servers_are_told_apart():
    hub = Hub(running("mallory", "vision", "second"))
    await stop_lost(hub, await Tenants(Cluster(**BOTH)).current(), False)
    assert hub.stops == [("mallory", "second")]


async def test_groups_count_only_with_single_sign_on():
    one = running("mallory", "vision", groups=["vision-users"])
    assert await stopped(BOTH, one) == ["mallory"]
    assert await stopped(BOTH, one, trusts_groups=True) == []
