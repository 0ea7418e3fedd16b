"""A stub of the API server: RayJobs and one ConfigMap of one namespace, over HTTP."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml
from kubernetes import client

from tenantry_job.jobs import Jobs

NAMESPACE = "vision"
WORKLOADS = f"/apis/kueue.x-k8s.io/v1beta2/namespaces/{NAMESPACE}/workloads"
JOBS = f"/apis/ray.io/v1/namespaces/{NAMESPACE}/rayjobs"


def group(kind: str, **resources: str) -> dict:
    amounts = {"cpu": "7", "memory": "26Gi", **resources}
    return {
        "groupName": "workers",
        "replicas": 1,
        "minReplicas": 1,
        "maxReplicas": 1,
        "template": {
            "spec": {
                "nodeSelector": {"tenantry.dev/gpu-type": kind},
                "containers": [
                    {
                        "name": "ray-worker",
                        "image": "to be replaced",
                        "resources": {"requests": dict(amounts), "limits": dict(amounts)},
                    }
                ],
                "volumes": [{"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "7987Mi"}}],
            }
        },
    }


def pod(name: str) -> dict:
    return {"spec": {"containers": [{"name": name, "image": "to be replaced"}]}}


def template() -> dict:
    """The parts of a rendered template that the helper reads or changes."""
    return {
        "job": {
            "apiVersion": "ray.io/v1",
            "kind": "RayJob",
            "spec": {
                "activeDeadlineSeconds": 28800,
                "submitterPodTemplate": pod("ray-job-submitter"),
                "rayClusterSpec": {
                    "rayVersion": "to be replaced",
                    "headGroupSpec": {"template": pod("ray-head")},
                    "workerGroupSpecs": [],
                },
            },
        },
        "image": "new-cuda",
        "images": {
            "new-cpu": {"image": "example.com/ray:2.60.0-cpu", "ray": "2.60.0", "python": "3.12"},
            "new-cuda": {
                "image": "example.com/ray:2.60.0-cuda",
                "ray": "2.60.0",
                "python": "3.12",
                "cuda": "12.8",
            },
            "old-cpu": {"image": "example.com/ray:2.58.0-cpu", "ray": "2.58.0", "python": "3.12"},
        },
        "workers": {
            "cpu": {"max": 16, "group": group("none")},
            "a10g": {"max": 8, "group": group("a10g", **{"nvidia.com/gpu": "1"})},
        },
    }


class Stub:
    """What the API server holds and answers; every request is kept."""

    def __init__(self) -> None:
        self.template: str | None = yaml.safe_dump(template())
        self.jobs: dict[str, dict] = {}
        self.workloads: list[dict] = []
        #: Events of one watch each, in order; then the stream ends.
        self.watches: list[list[dict]] = []
        self.refusal: tuple[int, str] | None = None
        self.requests: list[tuple[str, str]] = []
        self.authorizations: set[str | None] = set()

    def answer(self, method: str, path: str, query: str, body: dict | None) -> tuple[int, object]:
        self.requests.append((method, path))
        if self.refusal is not None:
            return self.refusal[0], {"kind": "Status", "message": self.refusal[1]}
        if path == f"/api/v1/namespaces/{NAMESPACE}/configmaps/tenantry-jobs":
            if self.template is None:
                return 404, {"kind": "Status", "message": 'configmaps "tenantry-jobs" not found'}
            return 200, {"data": {"template.yaml": self.template}}
        if path == JOBS and method == "POST":
            name = body["metadata"].get("name") or body["metadata"]["generateName"] + "x7k2p"
            if name in self.jobs:
                return 409, {"kind": "Status", "message": f'rayjobs.ray.io "{name}" already exists'}
            body["metadata"] |= {"name": name, "resourceVersion": "1"}
            self.jobs[name] = body
            return 201, body
        if path == JOBS and "watch=True" in query:
            events = self.watches.pop(0)
            for event in events:
                if event["type"] == "MODIFIED":
                    self.jobs[event["object"]["metadata"]["name"]] = event["object"]
            return 200, events
        if path == WORKLOADS:
            return 200, {"items": self.workloads}
        if path == JOBS:
            return 200, {"items": list(self.jobs.values())}
        name = re.fullmatch(f"{JOBS}/(.+)", path)[1]
        if name not in self.jobs:
            return 404, {"kind": "Status", "message": f'rayjobs.ray.io "{name}" not found'}
        return 200, self.jobs.pop(name) if method == "DELETE" else self.jobs[name]


@pytest.fixture
def stub():
    state = Stub()

    class Handler(BaseHTTPRequestHandler):
        def _respond(self) -> None:
            path, _, query = self.path.partition("?")
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length)) if length else None
            state.authorizations.add(self.headers.get("Authorization"))
            status, answer = state.answer(self.command, path, query, body)
            lines = answer if isinstance(answer, list) else [answer]
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            for line in lines:
                self.wfile.write(json.dumps(line).encode() + b"\n")

        do_GET = do_POST = do_DELETE = _respond

        def log_message(self, *arguments) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def notebook(stub, monkeypatch) -> Stub:
    """A notebook of ada whose API server is the stub."""
    configuration = client.Configuration(host=stub.address)
    configuration.api_key = {"authorization": "Bearer of-the-notebook"}
    jobs = Jobs(client.ApiClient(configuration), NAMESPACE)
    monkeypatch.setattr(Jobs, "of_this_notebook", classmethod(lambda cls: jobs))
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    monkeypatch.setenv("JUPYTER_IMAGE", "example.com/ray:2.60.0-cpu")
    return stub
