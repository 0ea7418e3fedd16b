import pytest
from conftest import CATALOGUE
from jupyterhub.utils import maybe_future
from kubespawner import KubeSpawner
from tornado.web import HTTPError
from traitlets.config import Config

from tenantry.membership import Membership
from tenantry.spawner import TenantSpawner


@pytest.fixture
def spawner(tenants, monkeypatch):
    monkeypatch.setattr("kubespawner.spawner.load_config", lambda **_: None)
    monkeypatch.setenv("POD_NAMESPACE", "jupyterhub")
    monkeypatch.setattr(KubeSpawner, "_namespace_default", lambda self: "jupyterhub")
    # As in the chart's configuration: an empty list of its own, and what all servers have.
    config = Config(
        KubeSpawner={
            "profile_list": [],
            "cmd": "jupyterhub-singleuser",
            "service_account": "notebook",
            "environment": {"RAY_AUTH_MODE": "token"},
            "volumes": {"home": {"name": "home", "persistentVolumeClaim": {"claimName": "{pvc_name}"}}},
            "volume_mounts": {"home": {"name": "home", "mountPath": "/home/jovyan"}},
        },
        TenantSpawner={"catalogue": CATALOGUE},
    )

    authenticator = Membership()
    authenticator.tenants = tenants

    def make(name):
        spawner = TenantSpawner(config=config, _mock=True, authenticator=authenticator)
        spawner.user.name, spawner.user.groups = name, []
        spawner.pod_name = f"jupyter-{name}"
        return spawner

    return make


async def start(spawner, profile=None):
    spawner.user_options = {} if profile is None else {"profile": profile}
    await spawner.load_user_options()
    pod = await spawner.get_pod_manifest()
    return spawner.api.api_client.sanitize_for_serialization(pod)


async def test_the_pod_has_everything_of_tenant_and_profile(spawner):
    one = spawner("grace")
    pod = await start(one, "vision--gpu-a10g")
    (container,) = pod["spec"]["containers"]
    environment = {variable["name"]: variable.get("value") for variable in container["env"]}
    assert one.namespace == "vision"
    assert pod["metadata"]["labels"]["tenantry.dev/tenant"] == "vision"
    assert pod["spec"]["serviceAccountName"] == "notebook"
    assert pod["spec"]["priorityClassName"] == "tenant-gpu-a10g"
    assert pod["spec"]["nodeSelector"]["tenantry.dev/gpu-type"] == "a10g"
    assert [toleration["key"] for toleration in pod["spec"]["tolerations"]] == [
        "nvidia.com/gpu",
        "tenantry.dev/tenant",
    ]
    assert container["resources"]["limits"] == {"cpu": 2, "memory": 8 * 2**30, "nvidia.com/gpu": "1"}
    assert container["resources"]["requests"] == container["resources"]["limits"]
    assert environment["RAY_ADDRESS"].startswith("ray://training-head-svc.vision.")
    assert environment["RAY_AUTH_MODE"] == "token"
    assert container["envFrom"] == [{"secretRef": {"name": "hub-token"}}]
    assert {volume["name"] for volume in pod["spec"]["volumes"]} == {
        "home",
        "shm",
        "api-token",
        "dataset-mnist--v2",
    }
    assert "--ServerApp.shutdown_no_activity_timeout=1800" in container["args"]
    assert one.get_pvc_manifest().spec.resources.requests["storage"] == "50Gi"


async def test_nothing_of_one_tenant_is_left_in_the_next_start(spawner):
    one = spawner("bob")
    await start(one, "vision--gpu-a10g")
    pod = await start(one, "nlp--cpu-small")
    (container,) = pod["spec"]["containers"]
    assert one.namespace == "nlp"
    assert "RAY_ADDRESS" not in {variable["name"] for variable in container["env"]}
    assert {volume["name"] for volume in pod["spec"]["volumes"]} == {"home", "shm"}
    assert pod["spec"]["nodeSelector"] == {"tenantry.dev/gpu-type": "none"}
    assert "tolerations" not in pod["spec"]
    assert "nvidia.com/gpu" not in container["resources"]["limits"]
    assert not container.get("envFrom")


async def test_the_form_lists_what_is_granted_and_nothing_else(spawner):
    form = await maybe_future(spawner("grace").get_options_form())
    assert "vision--gpu-a10g" in form
    assert "nlp--" not in form


@pytest.mark.parametrize("profile", [None, "vision--cpu-small"])
async def test_without_a_tenant_neither_form_nor_start(spawner, profile):
    one = spawner("mallory")
    with pytest.raises(HTTPError, match="mallory is in no tenant"):
        await one.get_options_form()
    with pytest.raises(HTTPError, match="mallory is in no tenant"):
        await start(one, profile)


async def test_a_profile_of_another_tenant_is_refused(spawner):
    with pytest.raises(ValueError, match="No such profile: nlp--cpu-small"):
        await start(spawner("grace"), "nlp--cpu-small")


async def test_a_remembered_namespace_does_not_outlive_the_membership(spawner, cluster):
    one = spawner("bob")
    await start(one, "vision--cpu-small")
    later = spawner("bob")
    later.load_state(one.get_state())
    assert later.namespace == "vision"
    cluster.tenants.pop("vision")
    await start(later)
    assert later.namespace == "nlp"


async def test_one_watch_serves_all_namespaces(spawner):
    one = spawner("bob")
    await start(one, "vision--cpu-small")
    first = one._get_reflector_key("pods")
    await start(one, "nlp--cpu-small")
    assert one._get_reflector_key("pods") == first == ("pods", None)


async def test_no_namespace_is_ever_made(spawner):
    one = spawner("grace")
    one.api = None
    assert await one._ensure_namespace() is None
