"""What a tenant's member may start, and what the pod then has: the hub's catalogue, within the tenant's grants."""

from collections.abc import Iterable, Mapping

from markupsafe import escape

from .tenants import LABEL, Tenant

# Joins tenant and profile; no name of either has it (docs/decisions/0004-names.md).
JOINT = "--"


def profiles_of(catalogue: Mapping, tenants: Iterable[Tenant]) -> list[dict]:
    """KubeSpawner's profile list: each granted profile of each tenant that runs."""
    return [
        {
            "slug": f"{tenant.name}{JOINT}{name}",
            # KubeSpawner's form does not escape them (7.0.0, templates/form.html).
            "display_name": str(escape(f"{tenant.display_name}: {profile['displayName']}")),
            "description": str(escape(profile.get("description", ""))),
            "kubespawner_override": override(tenant, profile, catalogue["apiToken"]),
        }
        for tenant in tenants
        if tenant.runs
        for name, profile in ((name, catalogue["profiles"].get(name)) for name in tenant.profiles)
        if profile is not None
    ]


def override(tenant: Tenant, profile: Mapping, api_token: Mapping) -> dict:
    """Traits of KubeSpawner for a profile in a tenant's namespace; maps merge into those of the configuration."""
    traits = dict(profile["traits"])
    token = api_token if tenant.submit_jobs else {}
    return {
        **traits,
        "namespace": tenant.name,
        "storage_capacity": tenant.home,
        "extra_labels": {LABEL: tenant.name},
        "environment": environment(tenant),
        "args": idle_arguments(tenant.idle_timeout),
        **own_pool(tenant, profile),
        # Each property of a secret is a variable.
        "extra_container_config": {"envFrom": [{"secretRef": {"name": name}} for name in tenant.secrets]},
        "volumes": {
            **traits["volumes"],
            **token.get("volumes", {}),
            **{dataset["claim"]: volume(dataset) for dataset in tenant.datasets},
        },
        "volume_mounts": {
            **traits["volume_mounts"],
            **token.get("volume_mounts", {}),
            **{dataset["claim"]: mount(dataset) for dataset in tenant.datasets},
        },
    }


def environment(tenant: Tenant) -> dict[str, str]:
    """Addresses of the tenant's Ray clusters; the first is what Ray's client and job command connect to."""
    if not tenant.ray:
        return {}
    first = tenant.ray[0]
    return {
        "RAY_ADDRESS": first["address"],
        "RAY_API_SERVER_ADDRESS": first["dashboard"],
        "RAY_CLUSTERS": ",".join(f"{ray['name']}={ray['address']}" for ray in tenant.ray),
    }


def idle_arguments(seconds: int) -> list[str]:
    """A server ends itself when it is idle: the hub's culler has one timeout for all (idle-culler#25)."""
    return [
        f"--ServerApp.shutdown_no_activity_timeout={seconds}",
        f"--MappingKernelManager.cull_idle_timeout={seconds}",
        f"--TerminalManager.cull_inactive_timeout={seconds}",
    ]


def own_pool(tenant: Tenant, profile: Mapping) -> dict:
    """Where a pool belongs to the tenant, its pods go there and nowhere else."""
    if tenant.name not in profile["ownPools"]:
        return {}
    traits = profile["traits"]
    toleration = {"key": LABEL, "operator": "Equal", "value": tenant.name, "effect": "NoSchedule"}
    return {
        "node_selector": {**traits["node_selector"], LABEL: tenant.name},
        "tolerations": [*traits["tolerations"], toleration],
    }


def volume(dataset: Mapping) -> dict:
    claim = {"claimName": dataset["claim"], "readOnly": True}
    return {"name": volume_name(dataset), "persistentVolumeClaim": claim}


def mount(dataset: Mapping) -> dict:
    return {"name": volume_name(dataset), "mountPath": dataset["path"], "readOnly": True}


def volume_name(dataset: Mapping) -> str:
    """Unlike a claim, a volume of a pod has no dots in its name; no dataset has two dashes in a row."""
    return dataset["claim"].replace(".", "--")
