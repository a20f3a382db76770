"""What residents send."""

import environ

_env = environ.Env()

SUBMISSION_CONTACT_DAYS = _env.int("SUBMISSION_CONTACT_DAYS", default=180)  # name and telephone are deleted so long after the answer
