"""Five wrong passwords for one name from one address within ten minutes, then ten minutes' rest. Other names and addresses go on.

Ours, because django-axes 8.3.1 keeps names, browsers and what was posted in plain words in table and log, in rows that grow with each try.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..models import WrongPasswords

MOST = 5
REST = timedelta(minutes=10)


def count_try(name: str, address: str, now: datetime | None = None) -> int:
    """Count a try before its password is looked at, so that many at once are not more than five.

    Returns:
        Which one it is; more than `MOST`: it must be refused. The rest lasts from the fifth, refused ones do not lengthen it.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        WrongPasswords.objects.filter(since__lte=moment - REST).delete()
        rows = WrongPasswords.objects.select_for_update()
        row, _made = rows.get_or_create(mark=_mark(name, address), defaults={"since": moment})
        if row.number > MOST:
            return row.number
        row.number += 1
        if row.number == MOST:
            row.since = moment
        row.save(update_fields=["number", "since"])
    return row.number


def forget_tries(name: str, address: str) -> None:
    """The right password came."""
    WrongPasswords.objects.filter(mark=_mark(name, address)).delete()


def _mark(name: str, address: str) -> str:
    return salted_hmac("units.wrong-passwords", f"{address}\n{name}", algorithm="sha256").hexdigest()
