"""What a person is told when something cannot be done."""


class JobError(Exception):
    """A message for people: what is wrong, and what to do about it."""


class UsageError(JobError):
    """The command line asks for what there is not; nothing was sent."""
