"""The daily run: each search once, however many follow it; the mail and what it counts as told in one transaction."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from search.engines import Engine, EngineAway, engine
from search.following import among, fresh
from search.models import Entry
from search.sending import pages

from ..models import Arrival, Followed, HowOften, Mail, MailKind, Subscription, Told
from .arrivals import gone, look

logger = logging.getLogger(__name__)
_BATCH = 500
Numbers = Mapping[str, int]


def plan(now: datetime | None = None, by: Engine | None = None) -> int:
    """Write the mails that are due, once the hour has come. While the engine is away or behind, nothing is written and nothing is lost.

    Returns:
        How many mails.
    """
    at = timezone.localtime(now)
    due = _due(at.date())
    first = due.aggregate(first=Min("since"))["first"] if at.hour >= settings.SUBSCRIPTIONS_HOUR else None
    if first is None:
        return 0
    chosen, upto = by or engine(), look()
    try:
        numbers = _arrived(first, upto, chosen)
        wanted = Followed.objects.filter(pk__in=due.order_by().values("followed"))
        return sum(_tell(followed, numbers, upto, at, chosen) for followed in wanted.iterator())
    except EngineAway as away:
        logger.warning("mails of subscriptions wait for the search engine: %s", away)
        return 0


def _due(today: date) -> QuerySet[Subscription]:
    """Confirmed, and not yet seen to in the stretch of today: a run that was missed is made up for on the next day."""
    stretch = Q()
    for often in HowOften:
        stretch |= Q(how_often=often, done_on__lt=often.begins(today))
    return Subscription.objects.filter(stretch, confirmed_at__isnull=False, subscriber__stopped_at=None, followed__stopped_at=None)


def _arrived(first: int, upto: int, chosen: Engine) -> Numbers:
    """Uid -> number of what came after the first and is public.

    Raises:
        EngineAway: the index has lost or not yet got one of them.
    """
    rows = Arrival.objects.filter(number__gt=first, number__lte=upto, public=True).order_by("number")
    numbers = {row.uid: row.number for row in rows.iterator()}
    for uids in pages(numbers, _BATCH):
        missing = set(uids) - chosen.digests_of(uids).keys()
        if missing:
            _explain(missing)
            numbers = {uid: number for uid, number in numbers.items() if uid not in missing}
    return numbers


def _explain(missing: set[str]) -> None:
    """Withdrawn meanwhile: gone. Parked: it comes when somebody has mended it. Anything else: the index is behind."""
    public = fresh(missing)
    gone(missing - public.keys())
    for uid in public:
        kind, _colon, key = uid.partition(":")
        if not Entry.objects.filter(kind=kind, key=key, pending=True).exclude(parked_reason="").exists():
            raise EngineAway(f"{uid} is public and not in the index")
        Arrival.objects.filter(kind=kind, key=key).update(public=False, version=0)


def _tell(followed: Followed, numbers: Numbers, upto: int, at: datetime, chosen: Engine) -> int:
    matching = among(followed.query, list(numbers), chosen)
    news = {uid: number for uid, number in numbers.items() if uid in matching}
    keys = _due(at.date()).filter(followed=followed).order_by("pk").values_list("pk", flat=True)
    return sum(_write(batch, news, upto, at) for batch in pages(keys.iterator(), _BATCH))


@transaction.atomic
def _write(keys: Sequence[int], news: Numbers, upto: int, at: datetime) -> int:
    """For these subscriptions; whoever was quicker with one of them has made it no longer due."""
    rows = list(_due(at.date()).filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk"))
    known = set(Told.objects.filter(subscription__in=rows, uid__in=list(news)).values_list("subscription", "uid"))
    mails, told = [], []
    for row in rows:
        uids = [uid for uid, number in news.items() if number > row.since and (row.pk, uid) not in known]
        if uids:
            mails.append(Mail(subscription=row, kind=MailKind.NEWS, documents=uids, upto=upto, made_at=at, next_try_at=at))
            told += [Told(subscription=row, uid=uid) for uid in uids]
        row.since, row.done_on = max(row.since, upto), at.date()
    Mail.objects.bulk_create(mails, batch_size=_BATCH)
    Told.objects.bulk_create(told, batch_size=_BATCH)
    Subscription.objects.bulk_update(rows, ["since", "done_on"], batch_size=_BATCH)
    return len(mails)
