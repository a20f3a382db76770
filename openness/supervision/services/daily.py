"""The daily job: every part may run again; the marker of the day keeps the housekeeping from doing it twice."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from openness.participation.services.forget import forget

from ..models import DailyRun
from .cells import tell_planner
from .declare import reopen_expired_waivers
from .escalate import escalate
from .generate import generate
from .remind import remind, send_digests
from .reviews import escalate_reviews
from .urge import stop_stale_clocks

_TRY_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Day:
    """What the job did: cells made, waivers ended, reminders recorded, levels told, messages queued."""

    made: int
    reopened: int
    reminded: int
    escalated: int
    queued: int


def run_day(today: date | None = None) -> Day:
    """Generation, ended waivers, reminders, escalation, digests, personal data that nobody needs any more; then the day is marked as done."""
    day = today or timezone.localdate()
    DailyRun.objects.get_or_create(day=day, defaults={"begun_at": timezone.now()})
    if connection.vendor == "sqlite":
        tell_planner()
    stop_stale_clocks()
    forget()
    done = Day(
        generate(today=today).made, reopen_expired_waivers(), remind(today), escalate(today) + escalate_reviews(today), send_digests(today)
    )
    DailyRun.objects.filter(day=day).update(finished_at=timezone.now())
    return done


def claim_day(today: date | None = None) -> bool:
    """Whether this process should run the job: nobody has today, or who began an hour ago did not finish. Two queries at most."""
    day, now = today or timezone.localdate(), timezone.now()
    run = DailyRun.objects.filter(day=day).first()
    if run is None:
        try:
            with transaction.atomic():
                DailyRun.objects.create(day=day, begun_at=now)
        except IntegrityError:
            return False  # another process was quicker
        return True
    if run.finished_at is not None:
        return False
    stale = DailyRun.objects.filter(Q(begun_at__lt=now - _TRY_AGAIN), day=day, finished_at=None)
    return bool(stale.update(begun_at=now))
