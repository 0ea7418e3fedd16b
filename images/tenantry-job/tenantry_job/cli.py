"""The command tenantry-job. Exit codes: 0 good, 1 it failed, 2 wrong usage."""

import argparse
import getpass
import os
import re
import shlex
import sys
from collections.abc import Sequence

import yaml

from tenantry_job.error import JobError, UsageError
from tenantry_job.jobs import Jobs
from tenantry_job.state import describe, has_ended, has_succeeded
from tenantry_job.template import SUBMITTED_BY, Request, build

EXAMPLES = """examples:
  tenantry-job submit --working-dir s3://bucket/team/code.zip -- python train.py --epochs 3
  tenantry-job submit --gpu a10g --size 2 --workers 4 --follow -- python -m vision.train
  tenantry-job list
  tenantry-job follow job-x7k2p
"""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return options.run(Jobs.of_this_notebook(), options)
    except JobError as error:
        print(f"tenantry-job: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tenantry-job",
        description="Ray jobs in the queue of your tenant.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    submit = commands.add_parser("submit", help="put a job into the queue")
    submit.set_defaults(run=_submit)
    submit.add_argument("--name", help="default: job- and five random letters")
    submit.add_argument("--gpu", metavar="TYPE", help="GPU type of the workers; default: none")
    submit.add_argument("--workers", type=_positive, default=1, metavar="N", help="default: 1")
    submit.add_argument(
        "--size",
        type=_positive,
        default=1,
        metavar="N",
        help="GPUs of one worker, or cores of one without; memory comes with them; default: 1",
    )
    submit.add_argument("--image", metavar="KEY", help="default: the image of this notebook")
    submit.add_argument("--working-dir", metavar="URL", help="a .zip with the code: s3://… or https://…")
    submit.add_argument(
        "--timeout", type=_seconds, metavar="TIME", help="such as 90m or 12h; default: the template's"
    )
    submit.add_argument("--follow", action="store_true", help="wait, and say where the job stands")
    submit.add_argument("--dry-run", action="store_true", help="print the RayJob, send nothing")
    submit.add_argument("entrypoint", nargs="+", help="the command, after --")

    jobs = commands.add_parser("list", help="your jobs")
    jobs.set_defaults(run=_list)
    jobs.add_argument("--all", action="store_true", help="those of the other members as well")

    for name, run, text in (
        ("status", _status, "where a job stands"),
        ("follow", _follow, "wait until a job ends; 0 if it succeeded"),
        ("delete", _delete, "end a job and forget it"),
    ):
        command = commands.add_parser(name, help=text)
        command.set_defaults(run=run)
        command.add_argument("name")
    return parser


def _submit(jobs: Jobs, options: argparse.Namespace) -> int:
    request = Request(
        entrypoint=shlex.join(options.entrypoint),
        user=_user(),
        name=options.name,
        image=options.image,
        notebook_image=os.environ.get("JUPYTER_IMAGE"),
        gpu=options.gpu,
        workers=options.workers,
        size=options.size,
        working_dir=options.working_dir,
        timeout_seconds=options.timeout,
    )
    job = build(jobs.template(), request)
    if options.dry_run:
        print(yaml.safe_dump(job, sort_keys=False), end="")
        return 0
    options.name = jobs.create(job)["metadata"]["name"]
    print(options.name, flush=True)
    return _follow(jobs, options) if options.follow else 0


def _list(jobs: Jobs, options: argparse.Namespace) -> int:
    for job in jobs.all():
        by = _submitter(job)
        if options.all or by == _user():
            print("\t".join([job["metadata"]["name"], by or "-", describe(job, jobs.waits_for(job))]))
    return 0


def _status(jobs: Jobs, options: argparse.Namespace) -> int:
    job = jobs.get(options.name)
    print(describe(job, jobs.waits_for(job)))
    return 0


def _follow(jobs: Jobs, options: argparse.Namespace) -> int:
    said = None
    for job in jobs.changes(options.name):
        line = describe(job, jobs.waits_for(job))
        if line != said:
            said = line
            print(said, flush=True)
        if has_ended(job):
            return 0 if has_succeeded(job) else 1
    raise JobError(f"{options.name} was deleted")


def _delete(jobs: Jobs, options: argparse.Namespace) -> int:
    by = _submitter(jobs.get(options.name))
    if by != _user():
        raise JobError(f"{options.name} is not yours, {by or 'a schedule'} submitted it")
    jobs.delete(options.name)
    return 0


def _submitter(job: dict) -> str | None:
    return job["metadata"].get("annotations", {}).get(SUBMITTED_BY)


def _user() -> str:
    return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()


def _positive(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", text):
        raise argparse.ArgumentTypeError(f'"{text}" is no number from 1 to 9999')
    return int(text)


def _seconds(text: str) -> int:
    match = re.fullmatch(r"([1-9]\d{0,5})([smh])", text)
    if match is None:
        raise argparse.ArgumentTypeError(f'"{text}" is no time such as 90m or 12h')
    return int(match[1]) * {"s": 1, "m": 60, "h": 3600}[match[2]]
