"""How the supervisor's acts leave the site: by mail, through a gateway; and whether links may be asked."""

import environ

_env = environ.Env()

_EMAIL_URL = _env("EMAIL_URL", default="")
if _EMAIL_URL:
    vars().update(_env.email_url_config(_EMAIL_URL))
DEFAULT_FROM_EMAIL = _env("MAIL_FROM", default="noreply@localhost")
EMAIL_TIMEOUT = 10

SUPERVISION_MAIL = bool(_EMAIL_URL)  # without a mail server no mail is queued
SUPERVISION_WEBHOOK_URL = _env("SUPERVISION_WEBHOOK_URL", default="")
SUPERVISION_WEBHOOK_SECRET = _env("SUPERVISION_WEBHOOK_SECRET", default="")
SUPERVISION_CHECK_LINKS = _env("SUPERVISION_CHECK_LINKS", default="")  # empty: ask nobody; public: hosts of the internet; all: intranet too
