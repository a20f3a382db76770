"""Mails to those who follow a search. The mail server itself is set with the supervisor's mails (EMAIL_URL)."""

import environ

_env = environ.Env()

SUBSCRIPTIONS_MAIL = bool(_env("EMAIL_URL", default=""))  # without a mail server the form offers the feeds instead
SUBSCRIPTIONS_HOUR = _env.int("SUBSCRIPTIONS_HOUR", default=7)  # from this hour on the day's mails are written
