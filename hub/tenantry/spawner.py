"""Starts servers in the namespaces of tenants."""

import copy

from kubespawner import KubeSpawner
from tornado import web
from traitlets import Bool, Dict, Unicode, default

from .catalogue import profiles_of

# Traits that a profile overrides. A spawner may be used again after a failure, and KubeSpawner merges maps.
OVERRIDDEN = (
    "args",
    "environment",
    "extra_container_config",
    "extra_labels",
    "extra_resource_guarantees",
    "extra_resource_limits",
    "node_selector",
    "storage_capacity",
    "tolerations",
    "volume_mounts",
    "volumes",
)


class TenantSpawner(KubeSpawner):
    """KubeSpawner with one watch for all namespaces, and a namespace that the chosen tenant decides.

    With a namespace in each profile alone, KubeSpawner would hold two watches for each namespace on one pool of
    100 connections (7.0.0, _get_reflector_key).
    """

    catalogue = Dict(config=True, help="Profiles by name, and the volume with a token for the API server.")

    enable_user_namespaces = Bool(True)
    # Until a tenant is chosen; nothing is ever started there.
    user_namespace_template = Unicode("{hubnamespace}")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._configured = {name: copy.deepcopy(getattr(self, name)) for name in OVERRIDDEN}

    async def _ensure_namespace(self):
        """The tenant's namespace is rendered, with its quota and policies; the hub may not make any."""

    async def granted(self) -> list[dict]:
        """Profiles that the owner may start. Raises 403 where there is none: KubeSpawner would start its default."""
        profiles = profiles_of(self.catalogue, await self.authenticator.tenants_of(self.user))
        if not profiles:
            raise web.HTTPError(403, f"{self.user.name} is in no tenant whose notebooks may run")
        return profiles

    @default("options_form")
    def _default_options_form(self):
        return TenantSpawner._render_granted

    async def _render_granted(self):
        return self._render_options_form(await self.granted())

    async def load_user_options(self):
        profiles = self._get_initialized_profile_list(await self.granted())
        self._validate_user_options(profiles)
        for name, value in self._configured.items():
            setattr(self, name, copy.deepcopy(value))
        self._load_profile(self.user_options.get("profile"), profiles)
        # The state of an earlier start may name a tenant that the owner is in no more.
        if self.namespace not in {profile["kubespawner_override"]["namespace"] for profile in profiles}:
            raise web.HTTPError(403, f"{self.user.name} may not start a server in {self.namespace}")
        self.dns_name = self.dns_name_template.format(namespace=self.namespace, name=self.pod_name)
