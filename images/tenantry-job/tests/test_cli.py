import pytest
import yaml

from tenantry_job.cli import main
from tenantry_job.jobs import Jobs
from tenantry_job.template import SUBMITTED_BY


def job(name: str, by: str | None = "ada", **status: str) -> dict:
    annotations = {} if by is None else {"annotations": {SUBMITTED_BY: by}}
    return {
        "metadata": {"name": name, "uid": f"uid-of-{name}", "resourceVersion": "1", **annotations},
        "spec": {"suspend": False},
        "status": status,
    }


def event(name: str, kind: str = "MODIFIED", **status: str) -> dict:
    return {"type": kind, "object": job(name, **status)}


def test_submit_prints_the_name_and_sends_the_token(notebook, capsys):
    assert main(["submit", "--gpu", "a10g", "--", "python", "train.py", "--note", "two words"]) == 0
    assert capsys.readouterr().out == "job-x7k2p\n"
    assert notebook.jobs["job-x7k2p"]["spec"]["entrypoint"] == "python train.py --note 'two words'"
    assert notebook.authorizations == {"Bearer of-the-notebook"}


def test_a_dry_run_sends_nothing(notebook, capsys):
    assert main(["submit", "--dry-run", "true"]) == 0
    assert yaml.safe_load(capsys.readouterr().out)["kind"] == "RayJob"
    assert notebook.jobs == {}


def test_follow_says_each_state_once_and_ends_with_the_job(notebook, capsys):
    notebook.jobs["a"] = job("a", jobDeploymentStatus="Suspended")
    running = event("a", jobDeploymentStatus="Running", jobStatus="RUNNING")
    # The first watch ends before the job does, as the API server ends every watch.
    notebook.watches = [
        [event("a", jobDeploymentStatus="Initializing"), running],
        [running, event("a", jobDeploymentStatus="Complete", jobStatus="SUCCEEDED")],
    ]
    assert main(["follow", "a"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "waiting in the queue",
        "starting its Ray cluster",
        "running",
        "succeeded",
    ]


def workload(name: str, status: str, message: str) -> dict:
    return {
        "metadata": {"ownerReferences": [{"kind": "RayJob", "uid": f"uid-of-{name}"}]},
        "status": {"conditions": [{"type": "QuotaReserved", "status": status, "message": message}]},
    }


@pytest.mark.parametrize(
    ("workloads", "line"),
    [
        ([workload("a", "False", "2 more needed")], "waiting in the queue: 2 more needed"),
        ([workload("b", "False", "of another job"), workload("a", "True", "no")], "waiting in the queue"),
        ([{"metadata": {}}], "waiting in the queue"),
    ],
)
def test_status_says_what_a_job_waits_for(notebook, capsys, workloads, line):
    notebook.jobs["a"] = job("a", jobDeploymentStatus="Suspended")
    notebook.workloads = workloads
    assert main(["status", "a"]) == 0
    assert capsys.readouterr().out == f"{line}\n"


def test_a_job_that_runs_waits_for_nothing(notebook, capsys):
    notebook.jobs["a"] = job("a", jobDeploymentStatus="Running")
    notebook.workloads = [workload("a", "False", "2 more needed")]
    assert main(["status", "a"]) == 0
    assert capsys.readouterr().out == "running\n"


def test_follow_survives_a_version_that_is_too_old(notebook, capsys):
    notebook.jobs["a"] = job("a")
    gone = {"type": "ERROR", "object": {"code": 410, "reason": "Expired", "message": "too old"}}
    notebook.watches = [[gone], [event("a", jobDeploymentStatus="Complete", jobStatus="SUCCEEDED")]]
    assert main(["follow", "a"]) == 0


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (
            {
                "jobDeploymentStatus": "Failed",
                "jobStatus": "FAILED",
                "reason": "AppFailed",
                "message": "exit 1",
            },
            "failed (AppFailed: exit 1)",
        ),
        ({"jobDeploymentStatus": "Failed", "reason": "DeadlineExceeded"}, "failed (DeadlineExceeded)"),
        ({"jobDeploymentStatus": "Complete", "jobStatus": "STOPPED"}, "stopped"),
        ({"jobDeploymentStatus": "ValidationFailed", "message": "no"}, "refused by KubeRay (no)"),
    ],
)
def test_a_job_that_did_not_succeed_is_told_and_is_1(notebook, capsys, status, line):
    notebook.jobs["a"] = job("a", **status)
    assert main(["follow", "a"]) == 1
    assert capsys.readouterr().out == f"{line}\n"


def test_a_job_that_is_deleted_meanwhile_is_1(notebook, capsys):
    notebook.jobs["a"] = job("a")
    notebook.watches = [[event("a", "DELETED")]]
    assert main(["follow", "a"]) == 1
    assert capsys.readouterr().err == "tenantry-job: a was deleted\n"


def test_list_shows_own_jobs_and_all_when_asked(notebook, capsys):
    for name, by in (("mine", "ada"), ("yours", "alan"), ("nightly", None)):
        notebook.jobs[name] = job(name, by)
    assert main(["list"]) == 0
    assert capsys.readouterr().out == "mine\tada\twaiting in the queue\n"
    assert main(["list", "--all"]) == 0
    assert [line.split("\t")[:2] for line in capsys.readouterr().out.splitlines()] == [
        ["mine", "ada"],
        ["yours", "alan"],
        ["nightly", "-"],
    ]


def test_delete_ends_own_jobs_only(notebook, capsys):
    notebook.jobs = {"mine": job("mine"), "yours": job("yours", "alan"), "nightly": job("nightly", None)}
    assert main(["delete", "mine"]) == 0
    assert main(["delete", "yours"]) == 1
    assert main(["delete", "nightly"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "tenantry-job: yours is not yours, alan submitted it",
        "tenantry-job: nightly is not yours, a schedule submitted it",
    ]
    assert set(notebook.jobs) == {"yours", "nightly"}


def test_a_tenant_without_a_template_is_told_why(notebook, capsys):
    notebook.template = None
    assert main(["submit", "true"]) == 1
    assert capsys.readouterr().err == (
        "tenantry-job: tenant vision submits no jobs: its quota has no jobs budget of cpu and memory, "
        "or notebooks.submitJobs is false in the tenant file\n"
    )


@pytest.mark.parametrize(
    ("refusal", "message"),
    [
        ((403, "rayjobs is forbidden: no"), "rayjobs is forbidden: no"),
        (
            (401, "Unauthorized"),
            "the API server does not know this notebook's token (Unauthorized): restart the notebook",
        ),
    ],
)
def test_a_refusal_is_told_as_the_api_server_says_it(notebook, capsys, refusal, message):
    notebook.refusal = refusal
    assert main(["status", "a"]) == 1
    assert capsys.readouterr().err == f"tenantry-job: {message}\n"


def test_a_job_that_is_not_there_is_1(notebook, capsys):
    assert main(["status", "a"]) == 1
    assert capsys.readouterr().err == 'tenantry-job: rayjobs.ray.io "a" not found\n'


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["submit"],
        ["submit", "--workers", "0", "true"],
        ["submit", "--timeout", "1d", "true"],
        ["status"],
        ["stop", "a"],
    ],
)
def test_wrong_usage_is_2_and_sends_nothing(notebook, arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert notebook.requests == []


def test_what_the_tenant_does_not_have_is_2(notebook, capsys):
    assert main(["submit", "--gpu", "h100", "true"]) == 2
    assert "no GPUs of type" in capsys.readouterr().err
    assert notebook.jobs == {}


def test_without_a_token_there_is_no_notebook(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TENANTRY_SERVICE_ACCOUNT", str(tmp_path))
    assert main(["list"]) == 1
    assert "this notebook has no token of a service account" in capsys.readouterr().err


def test_an_api_server_that_does_not_answer_is_told(tmp_path, monkeypatch, capsys, stub):
    monkeypatch.setenv("TENANTRY_SERVICE_ACCOUNT", str(tmp_path))
    for name, text in (("token", "t"), ("ca.crt", "none"), ("namespace", "vision\n")):
        (tmp_path / name).write_text(text)
    port = stub.address.rpartition(":")[2]
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", "127.0.0.1")
    # A server that does not speak TLS.
    monkeypatch.setenv("KUBERNETES_SERVICE_PORT", port)
    assert main(["list"]) == 1
    assert Jobs.of_this_notebook().namespace == "vision"
    assert capsys.readouterr().err.startswith("tenantry-job: no answer from the API server: ")
