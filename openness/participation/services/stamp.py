"""The signed time stamp of a form: shows that a person had time to write, that the page is not of last week, and names one showing of it."""

import secrets
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

_SALT = "participation.form"
_QUICKEST = timedelta(seconds=3)
_LONGEST = timedelta(hours=24)


def new_stamp(now: datetime | None = None) -> str:
    at = now or timezone.now()
    return signing.Signer(salt=_SALT).sign_object([secrets.token_urlsafe(16), int(at.timestamp())])


def read_stamp(text: str, now: datetime | None = None) -> tuple[str, str]:
    """(name of the showing, why it cannot be taken); one of them is empty."""
    try:
        once, at = signing.Signer(salt=_SALT).unsign_object(text)
    except signing.BadSignature:
        return "", _("这一页放得太久了，写的都在，请再按一次“提交”。")
    age = (now or timezone.now()) - datetime.fromtimestamp(at, tz=timezone.get_current_timezone())
    if age > _LONGEST:
        return "", _("这一页放得太久了，写的都在，请再按一次“提交”。")
    if age < _QUICKEST:
        return "", _("提交得太快了，请看一遍再按“提交”。")
    return once, ""
