"""Numbers about what residents sent: of the board, of a place, of the annual report; and the red line."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from openness.units.models import Unit

from ..models import Kind, Submission
from ..rules.clock import months_before
from ..rules.kinds import RED_LINE_MONTHS
from ..rules.results import BY_KEY


@dataclass(frozen=True)
class Figures:
    """Of those received in a stretch: `due` are answered, or past their last day; `in_time` those of them answered by it."""

    received: int
    answered: int
    due: int
    in_time: int
    rated: int
    satisfied: int


def figures(unit: Unit | None, kinds: list[str], first: date, last: date, today: date) -> Figures:
    """Of the unit and all below it, of the whole site for None. One query."""
    rows = Submission.objects.filter(kind__in=kinds, received_at__gte=_midnight(first), received_at__lt=_midnight(last + timedelta(days=1)))
    rows = rows.below(unit) if unit else rows
    answered = Q(answered_at__isnull=False)
    sums = rows.aggregate(
        received=Count("pk"), answered=Count("pk", filter=answered), due=Count("pk", filter=answered | Q(due_on__lt=today)),
        in_time=Count("pk", filter=Q(in_time=True)), rated=Count("pk", filter=Q(rating__isnull=False)),
        satisfied=Count("pk", filter=Q(rating=3)),
    )  # fmt: skip
    return Figures(**sums)


def beyond_red_line(today: date) -> Q:
    """Messages that nobody answered for three months (国办秘函〔2019〕19号): one of them fails the whole site."""
    return Q(kind=Kind.MESSAGE, answered_at=None, received_at__lt=_midnight(months_before(today, RED_LINE_MONTHS)))


def red_line_by_unit(today: date) -> dict[int, int]:
    """Unit -> how many messages wait beyond the red line; units with none are left out. One query."""
    rows = Submission.objects.filter(beyond_red_line(today)).order_by()
    return dict(rows.values_list("unit").annotate(number=Count("pk")))


NEW, CARRIED_IN, CARRIED_OUT = "new", "carried_in", "carried_out"


def request_table(unit: Unit, year: int) -> dict[str, dict[str, int]]:
    """The third table of the annual report, of requests to the unit itself: line -> applicant -> number; what is 0 is left out.

    new + carried_in = all results + carried_out, for each applicant: whoever is counted on the left is counted once on the right. One query.
    """
    first, after = _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))
    rows = Submission.objects.filter(Q(answered_at=None) | Q(answered_at__gte=first), kind=Kind.REQUEST, unit=unit)
    rows = rows.filter(request__first_received_on__lte=date(year, 12, 31))
    table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for applicant, received, answered, result in rows.values_list(
        "request__applicant", "request__first_received_on", "answered_at", "request__result"
    ):
        table[NEW if received.year == year else CARRIED_IN][applicant] += 1
        line = BY_KEY[result].line if answered and answered < after else CARRIED_OUT
        table[line][applicant] += 1
    return {line: dict(numbers) for line, numbers in table.items()}


def open_objections(disclosure_id: int) -> int:
    """How many objections to the text have no answer yet: its result should wait for them."""
    return Submission.objects.open().filter(kind=Kind.OBJECTION, disclosure=disclosure_id).count()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
