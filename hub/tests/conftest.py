from types import SimpleNamespace

import bcrypt
import pytest
from cluster import NLP, VISION, Cluster
from jupyterhub import orm
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tenantry.tenants import Tenants


def profile(name, gpu="none", tolerations=(), **extra):
    return {
        "displayName": name,
        "ownPools": ["vision"] if gpu == "a10g" else [],
        "traits": {
            "image": "registry.example.com/ray:2.60.0",
            "cpu_limit": 2,
            "cpu_guarantee": 2,
            "mem_limit": 8 * 2**30,
            "mem_guarantee": 8 * 2**30,
            "node_selector": {"tenantry.dev/gpu-type": gpu},
            "priority_class_name": "tenant-cpu" if gpu == "none" else f"tenant-gpu-{gpu}",
            "tolerations": list(tolerations),
            "volumes": {"shm": {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "2457Mi"}}},
            "volume_mounts": {"shm": {"name": "shm", "mountPath": "/dev/shm"}},
            **extra,
        },
    }


GPU_TAINT = {"key": "nvidia.com/gpu", "operator": "Equal", "value": "a10g", "effect": "NoSchedule"}
ONE_GPU = {"nvidia.com/gpu": "1"}
CATALOGUE = {
    "apiToken": {
        "volumes": {"api-token": {"name": "api-token", "projected": {"sources": []}}},
        "volume_mounts": {"api-token": {"name": "api-token", "mountPath": "/var/run/secrets/api"}},
    },
    "profiles": {
        "cpu-small": profile("CPU, small"),
        "gpu-a10g": profile(
            "GPU, A10G", "a10g", [GPU_TAINT], extra_resource_limits=ONE_GPU, extra_resource_guarantees=ONE_GPU
        ),
    },
}


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch):
    salt = bcrypt.gensalt
    monkeypatch.setattr(bcrypt, "gensalt", lambda: salt(rounds=4))


@pytest.fixture
def cluster():
    return Cluster(vision=VISION, nlp=NLP)


@pytest.fixture
def tenants(cluster):
    return Tenants(cluster, max_age=0)


@pytest.fixture
def db():
    engine = create_engine("sqlite://")
    orm.Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session


def user(name, admin=False, groups=()):
    return SimpleNamespace(name=name, admin=admin, groups=[SimpleNamespace(name=group) for group in groups])
