"""Tenants of a made-up cluster, and a fake of the part of its API server that the hub reads."""

import json
from types import SimpleNamespace

from kubernetes_asyncio.client import ApiException

from tenantry.tenants import CONFIG_MAP, LABEL

RAY = {
    "name": "training",
    "address": "ray://training-head-svc.vision.svc.cluster.local:10001",
    "dashboard": "http://training-head-svc.vision.svc.cluster.local:8265",
    "rayVersion": "2.60.0",
    "pythonVersion": "3.12",
}


def config(admins=(), users=(), **changes) -> dict:
    """What charts/tenant/hub.ts writes for a tenant."""
    return {
        "displayName": "Computer Vision",
        "state": "active",
        "members": {"admins": list(admins), "users": list(users)},
        "groups": {"admins": "vision-leads", "users": "vision-users"},
        "profiles": ["cpu-small", "gpu-a10g"],
        "home": "50Gi",
        "idleTimeoutSeconds": 1800,
        "submitJobs": True,
        "datasets": [{"name": "mnist.v2", "claim": "dataset-mnist.v2", "path": "/data/mnist.v2"}],
        "secrets": ["hub-token"],
        "ray": [RAY],
    } | changes


VISION = config(admins=["ada"], users=["grace", "bob"])
NLP = config(
    admins=["bob"],
    displayName="Language <b>",
    groups={"admins": "nlp-leads", "users": "nlp-users"},
    profiles=["cpu-small"],
    submitJobs=False,
    datasets=[],
    secrets=[],
    ray=[],
)


class Cluster:
    """Namespaces with their ConfigMaps; a number in the place of a ConfigMap is the status of an error."""

    def __init__(self, **tenants):
        self.tenants = tenants
        self.labels = {}
        self.terminating = set()
        self.broken = False
        self.reads = 0

    async def list_namespace(self, label_selector):
        assert label_selector == LABEL
        if self.broken:
            raise ApiException(status=503)
        self.reads += 1
        return SimpleNamespace(items=[SimpleNamespace(metadata=self._metadata(name)) for name in self.tenants])

    def _metadata(self, name):
        gone = "2026-11-25T00:00:00Z" if name in self.terminating else None
        return SimpleNamespace(name=name, labels={LABEL: self.labels.get(name, name)}, deletion_timestamp=gone)

    async def read_namespaced_config_map(self, name, namespace):
        assert name == CONFIG_MAP
        found = self.tenants[namespace]
        if isinstance(found, int):
            raise ApiException(status=found)
        text = found if isinstance(found, str) else json.dumps(found)
        return SimpleNamespace(data={"tenant.json": text})
