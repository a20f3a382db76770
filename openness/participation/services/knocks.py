"""How often somebody may try something. Addresses and telephones are kept as keyed hashes that mean nothing on the next day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from openness.units.refusal import Refused

from ..models import Knock

_WINDOW = timedelta(minutes=10)
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """`number` tries within `span`, which is at most a day."""

    name: str
    number: int
    span: timedelta


# A whole village may share one address of a mobile network.
SEND_BY_ADDRESS = Limit("send-address", 20, timedelta(hours=1))
SEND_BY_PHONE = Limit("send-phone", 5, timedelta(days=1))
FOLLOW_BY_ADDRESS = Limit("follow-address", 30, timedelta(hours=1))
FOLLOW_BY_NUMBER = Limit("follow-number", 10, timedelta(hours=1))


class TooOften(Refused):
    """The limit is reached; nothing was done."""


def knock(limit: Limit, who: str, now: datetime | None = None) -> None:
    """Count one try.

    Raises:
        TooOften: the tries of the span are used up. The refused one counts too.
    """
    now = now or timezone.now()
    since = now.replace(minute=now.minute // 10 * 10, second=0, microsecond=0)
    marks = [_mark(limit, who, day) for day in {timezone.localdate(now), timezone.localdate(now - limit.span)}]
    mark = _mark(limit, who, timezone.localdate(now))
    Knock.objects.get_or_create(mark=mark, since=since)
    Knock.objects.filter(mark=mark, since=since).update(number=F("number") + 1)
    tried = Knock.objects.filter(mark__in=marks, since__gt=now - limit.span - _WINDOW).aggregate(sum=Sum("number"))["sum"] or 0
    if tried > limit.number:
        raise TooOften(_("试的次数太多了，过一会儿再来。急的事请打电话。"))


def _mark(limit: Limit, who: str, day: Any) -> str:
    return salted_hmac(f"participation.{limit.name}.{day}", who).hexdigest()
