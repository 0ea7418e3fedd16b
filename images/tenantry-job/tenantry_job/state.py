"""Where a RayJob stands, in words (states of KubeRay 1.6.2 and 1.7.0)."""

from typing import Any

Object = dict[str, Any]

_ENDED = {"Complete", "Failed", "ValidationFailed"}
_WORDS = {
    "": "waiting in the queue",
    "Suspended": "waiting in the queue",
    "Suspending": "stopping: the queue took its place back",
    "Initializing": "starting its Ray cluster",
    "Waiting": "waiting to be submitted",
    "Running": "running",
    "Retrying": "starting again",
    "Complete": "succeeded",
    "Failed": "failed",
    "ValidationFailed": "refused by KubeRay",
}


def has_ended(job: Object) -> bool:
    return _deployment(job) in _ENDED


def has_succeeded(job: Object) -> bool:
    return _deployment(job) == "Complete" and job["status"].get("jobStatus") == "SUCCEEDED"


def is_queued(job: Object) -> bool:
    return _deployment(job) == "Suspended"


def describe(job: Object, waits_for: str | None = None) -> str:
    """One line; of a job that waits or did not succeed also why."""
    if waits_for is not None:
        return f"{_WORDS['Suspended']}: {waits_for}"
    status = job.get("status", {})
    deployment = _deployment(job)
    word = _WORDS.get(deployment, deployment)
    # Complete also where somebody stopped it.
    if deployment == "Complete" and not has_succeeded(job):
        word = status.get("jobStatus", "").lower() or "ended"
    why = ": ".join(filter(None, [status.get("reason"), status.get("message")]))
    return f"{word} ({why})" if has_ended(job) and not has_succeeded(job) and why else word


def _deployment(job: Object) -> str:
    status = job.get("status", {}).get("jobDeploymentStatus", "")
    # Kueue suspends a job when it is created; KubeRay may not have looked yet.
    return "Suspended" if status == "" and job["spec"].get("suspend") else status
