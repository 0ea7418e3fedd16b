import json

import pytest
from cluster import NLP, RAY, VISION
from conftest import CATALOGUE

from tenantry.catalogue import profiles_of
from tenantry.tenants import parse


def listed(*tenants):
    return profiles_of(CATALOGUE, [parse(name, json.dumps(data)) for name, data in tenants])


def traits(slug, *tenants):
    (found,) = [profile for profile in listed(*tenants) if profile["slug"] == slug]
    return found["kubespawner_override"]


def test_only_granted_profiles_of_each_tenant_are_listed():
    slugs = [profile["slug"] for profile in listed(("vision", VISION), ("nlp", NLP))]
    assert slugs == ["vision--cpu-small", "vision--gpu-a10g", "nlp--cpu-small"]


def test_a_profile_that_the_catalogue_has_no_more_is_passed_over():
    assert listed(("nlp", NLP | {"profiles": ["gone"]})) == []


@pytest.mark.parametrize("state", ["frozen", "archived"])
def test_nothing_of_a_tenant_that_does_not_run(state):
    assert listed(("vision", VISION | {"state": state})) == []


def test_names_for_people_are_text_and_no_markup():
    (profile,) = listed(("nlp", NLP))
    assert profile["display_name"] == "Language &lt;b&gt;: CPU, small"


def test_the_namespace_is_the_one_that_the_hub_read_it_from():
    assert traits("vision--cpu-small", ("vision", VISION | {"namespace": "nlp"}))["namespace"] == "vision"


def test_ray_is_addressed_by_the_first_cluster_and_all_are_listed():
    second = RAY | {"name": "serving", "address": "ray://serving:10001"}
    environment = traits("vision--cpu-small", ("vision", VISION | {"ray": [RAY, second]}))["environment"]
    assert environment["RAY_ADDRESS"] == RAY["address"]
    assert environment["RAY_API_SERVER_ADDRESS"] == RAY["dashboard"]
    assert environment["RAY_CLUSTERS"] == f"training={RAY['address']},serving=ray://serving:10001"
    assert traits("nlp--cpu-small", ("nlp", NLP))["environment"] == {}


def test_datasets_are_read_only_and_their_volumes_have_legal_names():
    found = traits("vision--cpu-small", ("vision", VISION))
    assert found["volumes"]["dataset-mnist.v2"] == {
        "name": "dataset-mnist--v2",
        "persistentVolumeClaim": {"claimName": "dataset-mnist.v2", "readOnly": True},
    }
    assert found["volume_mounts"]["dataset-mnist.v2"] == {
        "name": "dataset-mnist--v2",
        "mountPath": "/data/mnist.v2",
        "readOnly": True,
    }


def test_secrets_of_the_tenant_are_variables():
    secret = {"envFrom": [{"secretRef": {"name": "hub-token"}}]}
    assert traits("vision--cpu-small", ("vision", VISION))["extra_container_config"] == secret
    assert traits("nlp--cpu-small", ("nlp", NLP))["extra_container_config"] == {"envFrom": []}


def test_only_who_may_submit_jobs_has_a_token_for_the_api_server():
    assert "api-token" in traits("vision--cpu-small", ("vision", VISION))["volumes"]
    assert "api-token" not in traits("nlp--cpu-small", ("nlp", NLP))["volumes"]


def test_a_pool_of_the_tenant_is_chosen_and_tolerated_and_others_do_not_get_there():
    own = traits("vision--gpu-a10g", ("vision", VISION))
    assert own["node_selector"] == {"tenantry.dev/gpu-type": "a10g", "tenantry.dev/tenant": "vision"}
    assert own["tolerations"][-1] == {
        "key": "tenantry.dev/tenant",
        "operator": "Equal",
        "value": "vision",
        "effect": "NoSchedule",
    }
    other = traits("nlp--gpu-a10g", ("nlp", NLP | {"profiles": ["gpu-a10g"]}))
    assert other["node_selector"] == {"tenantry.dev/gpu-type": "a10g"}


def test_a_server_ends_itself_after_the_idle_time_of_its_tenant():
    assert "--ServerApp.shutdown_no_activity_timeout=1800" in traits("vision--cpu-small", ("vision", VISION))["args"]
