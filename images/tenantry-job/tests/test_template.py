import pytest
from conftest import template

from tenantry_job.error import UsageError
from tenantry_job.template import SUBMITTED_BY, Request, build, multiply


def request(**fields) -> Request:
    return Request(**{"entrypoint": "python train.py", "user": "ada", **fields})


def images(job: dict) -> set[str]:
    cluster = job["spec"]["rayClusterSpec"]
    pods = [cluster["headGroupSpec"]["template"], job["spec"]["submitterPodTemplate"]]
    pods += [group["template"] for group in cluster["workerGroupSpecs"]]
    return {container["image"] for pod in pods for container in pod["spec"]["containers"]}


def worker(job: dict) -> dict:
    [group] = job["spec"]["rayClusterSpec"]["workerGroupSpecs"]
    return group


def test_a_job_without_options_is_one_core_in_the_default_image():
    job = build(template(), request())
    assert job["metadata"] == {"generateName": "job-", "annotations": {SUBMITTED_BY: "ada"}}
    assert job["spec"]["entrypoint"] == "python train.py"
    assert job["spec"]["activeDeadlineSeconds"] == 28800
    assert "runtimeEnvYAML" not in job["spec"]
    assert job["spec"]["rayClusterSpec"]["rayVersion"] == "2.60.0"
    assert images(job) == {"example.com/ray:2.60.0-cuda"}
    assert worker(job)["template"]["spec"]["nodeSelector"] == {"tenantry.dev/gpu-type": "none"}


def test_workers_have_gpus_with_what_comes_with_them():
    group = worker(build(template(), request(gpu="a10g", workers=3, size=2)))
    assert [group[field] for field in ("replicas", "minReplicas", "maxReplicas")] == [3, 3, 3]
    want = {"cpu": "14", "memory": "52Gi", "nvidia.com/gpu": "2"}
    assert group["template"]["spec"]["containers"][0]["resources"] == {"requests": want, "limits": want}
    assert group["template"]["spec"]["volumes"][0]["emptyDir"]["sizeLimit"] == "15974Mi"


def test_the_template_stays_as_it_was():
    given = template()
    build(given, request(gpu="a10g", size=2, workers=2))
    assert given == template()


def test_name_working_directory_and_timeout_are_set():
    job = build(
        template(), request(name="eval", working_dir="s3://bucket/team/code.zip", timeout_seconds=3600)
    )
    assert job["metadata"]["name"] == "eval"
    assert "generateName" not in job["metadata"]
    assert job["spec"]["runtimeEnvYAML"] == "working_dir: s3://bucket/team/code.zip\n"
    assert job["spec"]["activeDeadlineSeconds"] == 3600


@pytest.mark.parametrize(
    ("fields", "image"),
    [
        ({"notebook_image": "example.com/ray:2.60.0-cpu"}, "example.com/ray:2.60.0-cpu"),
        ({"notebook_image": "example.com/ray:2.60.0-cpu", "gpu": "a10g"}, "example.com/ray:2.60.0-cuda"),
        ({"notebook_image": "elsewhere.com/own:1"}, "example.com/ray:2.60.0-cuda"),
        ({"notebook_image": "example.com/ray:2.60.0-cpu", "image": "old-cpu"}, "example.com/ray:2.58.0-cpu"),
    ],
)
def test_the_image_is_the_named_one_or_that_of_the_notebook(fields, image):
    assert images(build(template(), request(**fields))) == {image}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"gpu": "h100"}, 'jobs of this tenant get no GPUs of type "h100"; there are: a10g'),
        (
            {"gpu": "a10g", "workers": 5, "size": 2},
            "5 workers of 2 GPUs are 10; jobs of this tenant get at most 8, so this one would wait for ever",
        ),
        (
            {"workers": 17},
            "17 workers of 1 cores are 17; "
            "jobs of this tenant get at most 16, so this one would wait for ever",
        ),
        ({"image": "newest"}, 'no image "newest"; there are: new-cpu, new-cuda, old-cpu'),
        ({"image": "new-cpu", "gpu": "a10g"}, 'image "new-cpu" has no CUDA, but the workers have GPUs'),
        (
            {"notebook_image": "example.com/ray:2.58.0-cpu", "gpu": "a10g"},
            "no image with CUDA has Ray 2.58.0 and Python 3.12; name one with --image: new-cuda",
        ),
        (
            {"working_dir": "."},
            '"." is no address of a .zip file, s3://… or https://…: '
            "the job runs on other nodes, which do not see the files of this notebook",
        ),
        (
            {"name": "e" * 48},
            f'"{"e" * 48}" is no name of a job: at most 47 of a-z, 0-9 and "-", first a letter',
        ),
    ],
)
def test_what_the_template_does_not_offer_is_refused(fields, message):
    with pytest.raises(UsageError) as caught:
        build(template(), request(**fields))
    assert str(caught.value) == message


@pytest.mark.parametrize("name", ["Eval", "1st", "a-", "e" * 48, ""])
def test_names_that_kuberay_refuses_are_refused(name):
    with pytest.raises(
        UsageError, match='is no name of a job: at most 47 of a-z, 0-9 and "-", first a letter'
    ):
        build(template(), request(name=name))


def test_quantities_are_multiplied_in_their_own_unit():
    assert [multiply("500m", 3), multiply("7", 2), multiply("26Gi", 2)] == ["1500m", "14", "52Gi"]
