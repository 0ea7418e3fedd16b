"""Makes a RayJob out of the tenant's template and what a person asked for. Talks to nobody."""

import copy
import re
from dataclasses import dataclass
from typing import Any

import yaml

from tenantry_job.error import UsageError

Object = dict[str, Any]

SUBMITTED_BY = "tenantry.dev/submitted-by"

# KubeRay refuses longer names: the RayCluster of the job gets a suffix (1.6.2, MaxRayJobNameLength).
LONGEST_NAME = 47


@dataclass(frozen=True)
class Request:
    """What a person asks for. Of None the template decides."""

    entrypoint: str
    user: str
    name: str | None = None
    #: Key of the image catalogue.
    image: str | None = None
    #: The image that the notebook runs, by its address.
    notebook_image: str | None = None
    #: GPU type. None: workers without GPUs.
    gpu: str | None = None
    workers: int = 1
    #: GPUs of one worker, or cores of one worker without GPUs; memory comes with them.
    size: int = 1
    #: Address of a .zip file with the code.
    working_dir: str | None = None
    timeout_seconds: int | None = None


def build(template: Object, request: Request) -> Object:
    """The RayJob; raises UsageError for what the template does not offer."""
    job = copy.deepcopy(template["job"])
    job["metadata"] = {
        **_name(request.name),
        "annotations": {SUBMITTED_BY: request.user},
    }
    spec = job["spec"]
    spec["entrypoint"] = request.entrypoint
    if request.timeout_seconds is not None:
        spec["activeDeadlineSeconds"] = request.timeout_seconds
    if request.working_dir is not None:
        spec["runtimeEnvYAML"] = yaml.safe_dump({"working_dir": _address(request.working_dir)})
    spec["rayClusterSpec"]["workerGroupSpecs"] = [_worker_group(template["workers"], request)]
    _set_image(spec, _image(template, request))
    return job


def _name(name: str | None) -> Object:
    if name is None:
        return {"generateName": "job-"}
    if len(name) > LONGEST_NAME or not re.fullmatch(r"[a-z]([-a-z0-9]*[a-z0-9])?", name):
        raise UsageError(
            f'"{name}" is no name of a job: at most {LONGEST_NAME} of a-z, 0-9 and "-", first a letter'
        )
    return {"name": name}


def _address(working_dir: str) -> str:
    if not re.fullmatch(r"(s3|https)://[^\s@]+\.zip", working_dir):
        raise UsageError(
            f'"{working_dir}" is no address of a .zip file, s3://… or https://…: '
            "the job runs on other nodes, which do not see the files of this notebook"
        )
    return working_dir


def _worker_group(workers: Object, request: Request) -> Object:
    kind = request.gpu or "cpu"
    offered = workers.get(kind)
    if offered is None:
        types = ", ".join(sorted(set(workers) - {"cpu"})) or "none"
        raise UsageError(f'jobs of this tenant get no GPUs of type "{kind}"; there are: {types}')
    unit = "GPUs" if request.gpu else "cores"
    wanted = request.workers * request.size
    if wanted > offered["max"]:
        raise UsageError(
            f"{request.workers} workers of {request.size} {unit} are {wanted}; "
            f"jobs of this tenant get at most {offered['max']}, so this one would wait for ever"
        )
    group = copy.deepcopy(offered["group"])
    for field in ("replicas", "minReplicas", "maxReplicas"):
        group[field] = request.workers
    pod = group["template"]["spec"]
    for amounts in pod["containers"][0]["resources"].values():
        for resource, amount in amounts.items():
            amounts[resource] = multiply(amount, request.size)
    for volume in pod["volumes"]:
        if "emptyDir" in volume:
            volume["emptyDir"]["sizeLimit"] = multiply(volume["emptyDir"]["sizeLimit"], request.size)
    return group


def multiply(quantity: str, times: int) -> str:
    """A Kubernetes quantity, several times: "500m" twice is "1000m"."""
    number, unit = re.fullmatch(r"(\d+)(\D*)", quantity).groups()
    return f"{int(number) * times}{unit}"


def _image(template: Object, request: Request) -> Object:
    """The named image, or that of the notebook where it fits, or the default one."""
    images = template["images"]
    if request.image is not None and request.image not in images:
        raise UsageError(f'no image "{request.image}"; there are: {", ".join(sorted(images))}')
    key = request.image or next(
        (key for key, image in images.items() if image["image"] == request.notebook_image), template["image"]
    )
    if request.gpu is None or "cuda" in images[key]:
        return images[key]
    if request.image is not None:
        raise UsageError(f'image "{key}" has no CUDA, but the workers have GPUs')
    return _with_cuda(images, like=images[key])


def _with_cuda(images: Object, like: Object) -> Object:
    """The same Ray and Python with CUDA: code of a CPU notebook runs as it is on GPU workers."""
    for image in images.values():
        if "cuda" in image and (image["ray"], image["python"]) == (like["ray"], like["python"]):
            return image
    raise UsageError(
        f"no image with CUDA has Ray {like['ray']} and Python {like['python']}; name one with --image: "
        + ", ".join(sorted(key for key, image in images.items() if "cuda" in image))
    )


def _set_image(spec: Object, image: Object) -> None:
    cluster = spec["rayClusterSpec"]
    cluster["rayVersion"] = image["ray"]
    pods = [cluster["headGroupSpec"]["template"], spec["submitterPodTemplate"]]
    pods += [group["template"] for group in cluster["workerGroupSpecs"]]
    for pod in pods:
        for container in pod["spec"]["containers"]:
            container["image"] = image["image"]
