"""RayJobs of the notebook's namespace, as its service account may see and change them."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from kubernetes import client, watch
from kubernetes.client.exceptions import ApiException
from kubernetes.config import ConfigException
from kubernetes.config.incluster_config import InClusterConfigLoader
from urllib3.exceptions import HTTPError

from tenantry_job.error import JobError
from tenantry_job.state import is_queued

Object = dict[str, Any]

TEMPLATE = "tenantry-jobs"
RAY_JOBS = {"group": "ray.io", "version": "v1", "plural": "rayjobs"}
WORKLOADS = {"group": "kueue.x-k8s.io", "version": "v1beta2", "plural": "workloads"}

# Where Kubernetes mounts the token of a service account; TENANTRY_SERVICE_ACCOUNT names another folder.
SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"


class Jobs:
    """RayJobs of one namespace."""

    def __init__(self, api: client.ApiClient, namespace: str) -> None:
        self._objects = client.CustomObjectsApi(api)
        self._core = client.CoreV1Api(api)
        self._where = {**RAY_JOBS, "namespace": namespace}
        self.namespace = namespace

    @classmethod
    def of_this_notebook(cls) -> "Jobs":
        """By the projected token of the pod, which is read again when it changes."""
        folder = Path(os.environ.get("TENANTRY_SERVICE_ACCOUNT", SERVICE_ACCOUNT))
        configuration = client.Configuration()
        # A request that cannot be answered fails at once instead of three times.
        configuration.retries = False
        try:
            namespace = (folder / "namespace").read_text().strip()
            InClusterConfigLoader(str(folder / "token"), str(folder / "ca.crt")).load_and_set(configuration)
        except (OSError, ConfigException) as error:
            raise JobError(
                f"this notebook has no token of a service account ({error}): "
                "notebooks.submitJobs is false in the tenant file, or this is no notebook of the platform"
            ) from error
        return cls(client.ApiClient(configuration), namespace)

    def template(self) -> Object:
        """What jobs of the tenant are made of, from the ConfigMap that Git brings."""
        try:
            found = self._call(self._core.read_namespaced_config_map, TEMPLATE, self.namespace)
        except NotFound as error:
            raise JobError(
                f"tenant {self.namespace} submits no jobs: its quota has no jobs budget of cpu and memory, "
                "or notebooks.submitJobs is false in the tenant file"
            ) from error
        return yaml.safe_load(found.data["template.yaml"])

    def create(self, job: Object) -> Object:
        return self._call(self._objects.create_namespaced_custom_object, body=job, **self._where)

    def get(self, name: str) -> Object:
        return self._call(self._objects.get_namespaced_custom_object, name=name, **self._where)

    def all(self) -> list[Object]:
        return self._call(self._objects.list_namespaced_custom_object, **self._where)["items"]

    def waits_for(self, job: Object) -> str | None:
        """What Kueue says that a queued job waits for. None: it has said nothing yet, or nothing waits."""
        if not is_queued(job):
            return None
        where = {**WORKLOADS, "namespace": self.namespace}
        for workload in self._call(self._objects.list_namespaced_custom_object, **where)["items"]:
            owners = [owner["uid"] for owner in workload["metadata"].get("ownerReferences", [])]
            if job["metadata"]["uid"] in owners:
                return _pending(workload)
        return None

    def delete(self, name: str) -> None:
        self._call(self._objects.delete_namespaced_custom_object, name=name, **self._where)

    def changes(self, name: str) -> Iterator[Object]:
        """The job as it is, then after each change; ends when it is deleted."""
        job = self.get(name)
        while True:
            yield job
            stream = watch.Watch()
            try:
                for event in stream.stream(
                    self._objects.list_namespaced_custom_object,
                    **self._where,
                    field_selector=f"metadata.name={name}",
                    resource_version=job["metadata"]["resourceVersion"],
                    timeout_seconds=300,
                ):
                    if event["type"] == "DELETED":
                        return
                    yield event["object"]
            except ApiException as error:
                # 410: the version is too old to go on from.
                if error.status != 410:
                    raise JobError(_message(error)) from error
            except HTTPError as error:
                raise JobError(f"no answer from the API server: {error}") from error
            job = self.get(name)

    def _call(self, function, *args, **kwargs):
        try:
            return function(*args, **kwargs)
        except ApiException as error:
            kind = NotFound if error.status == 404 else JobError
            raise kind(_message(error)) from error
        except HTTPError as error:
            raise JobError(f"no answer from the API server: {error}") from error
        except AttributeError as error:
            # The client decodes the body of every error, and one of TLS has none (kubernetes 36.0.3).
            if not isinstance(error.__context__, ApiException):
                raise
            raise JobError(f"no answer from the API server: {error.__context__.reason}") from error


class NotFound(JobError):
    """There is no object of that name."""


def _pending(workload: Object) -> str | None:
    for condition in workload.get("status", {}).get("conditions", []):
        if condition["type"] == "QuotaReserved" and condition["status"] == "False":
            return condition["message"]
    return None


def _message(error: ApiException) -> str:
    """What the API server says, and what that means to the person at the notebook."""
    try:
        said = json.loads(error.body)["message"]
    except (TypeError, ValueError, KeyError):
        said = error.reason or f"status {error.status}"
    if error.status == 401:
        return f"the API server does not know this notebook's token ({said}): restart the notebook"
    return said
