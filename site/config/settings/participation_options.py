"""What residents send: where they come from behind proxies, and how long it is known who they were."""

import environ

_env = environ.Env()

PROXIES_IN_FRONT = _env.int("PROXIES_IN_FRONT", default=0)  # how many of our own write X-Forwarded-For; 0 believes none
SUBMISSION_CONTACT_DAYS = _env.int("SUBMISSION_CONTACT_DAYS", default=180)  # name and telephone are deleted so long after the answer
