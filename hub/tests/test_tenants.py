import json

import pytest
from cluster import NLP, VISION, Cluster, config
from kubernetes_asyncio.client import ApiException

from tenantry.tenants import Person, Tenants, parse


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def reader(**tenants):
    clock = Clock()
    cluster = Cluster(**tenants)
    return Tenants(cluster, max_age=10, clock=clock), cluster, clock


async def names_of(tenants, name, *groups):
    return [tenant.name for tenant in await tenants.of(Person(name, frozenset(groups)))]


async def test_members_have_their_tenants_and_others_none():
    tenants, _, _ = reader(vision=VISION, nlp=NLP)
    assert await names_of(tenants, "grace") == ["vision"]
    assert await names_of(tenants, "bob") == ["vision", "nlp"]
    assert await names_of(tenants, "mallory") == []


async def test_groups_count_like_names():
    tenants, _, _ = reader(vision=VISION, nlp=NLP)
    assert await names_of(tenants, "mallory", "vision-users") == ["vision"]
    assert await names_of(tenants, "mallory", "vision-user") == []


async def test_a_new_tenant_and_a_removed_member_are_seen_after_the_age_and_not_before():
    tenants, cluster, clock = reader(vision=VISION)
    assert await names_of(tenants, "bob") == ["vision"]
    cluster.tenants = {"vision": config(admins=["ada"]), "nlp": NLP}
    clock.now = 9.9
    assert await names_of(tenants, "bob") == ["vision"]
    clock.now = 10.0
    assert await names_of(tenants, "bob") == ["nlp"]
    assert cluster.reads == 2


async def test_the_last_answer_holds_while_the_api_server_is_away():
    tenants, cluster, clock = reader(vision=VISION)
    assert await names_of(tenants, "grace") == ["vision"]
    cluster.broken, clock.now = True, 100.0
    assert await names_of(tenants, "grace") == ["vision"]


async def test_without_any_answer_nobody_is_let_in_or_stopped():
    tenants, cluster, _ = reader(vision=VISION)
    cluster.broken = True
    with pytest.raises(ApiException):
        await tenants.current()


@pytest.mark.parametrize("content", [403, 404, "{", '{"displayName": "x"}', "[]"])
async def test_a_tenant_that_cannot_be_read_is_there_and_opens_to_nobody(content):
    tenants, _, _ = reader(vision=content, nlp=NLP)
    assert (await tenants.current())["vision"] is None
    assert await names_of(tenants, "grace") == []
    assert await names_of(tenants, "bob") == ["nlp"]


async def test_an_error_of_the_server_is_no_answer_about_a_tenant():
    tenants, cluster, clock = reader(vision=VISION)
    await tenants.current()
    cluster.tenants, clock.now = {"vision": 500}, 100.0
    assert await names_of(tenants, "grace") == ["vision"]


async def test_namespaces_that_go_or_carry_the_label_of_another_are_passed_over():
    tenants, cluster, _ = reader(vision=VISION, nlp=NLP, thief=VISION)
    cluster.labels["thief"] = "vision"
    cluster.terminating.add("nlp")
    assert set(await tenants.current()) == {"vision"}


@pytest.mark.parametrize(
    ("state", "runs", "opens"), [("active", True, True), ("frozen", False, True), ("archived", False, False)]
)
def test_states(state, runs, opens):
    tenant = parse("vision", json.dumps(VISION | {"state": state}))
    assert (tenant.runs, tenant.opens) == (runs, opens)
