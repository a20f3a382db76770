"""What still has to go up, what may come down, and how many of a unit's texts are up: always the same number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from catalog.models import Item
from openness.disclosures.models import Disclosure, Receipt
from openness.units.models import Unit
from openness.units.names import Level

from ..models import Posting
from .naming import is_board

WINDOW_DAYS = 60
_AREA = 6  # digits of a county's code


@dataclass(frozen=True)
class Posted:
    """How many texts of a unit have to be on its board, and how many were put up as they are now."""

    needing: int = 0
    posted: int = 0


def to_put_up(place: Unit, today: date) -> QuerySet[Disclosure]:
    """Texts of this place, public since `WINDOW_DAYS` at most, whose present words are not on the board; the oldest first."""
    since = _morning(today - timedelta(days=WINDOW_DAYS))
    texts = _needing(place).filter(first_published_at__gte=since).exclude(_up_as_they_are())
    over = Q(comes_down=True, notice_until__lt=today)
    return texts.exclude(over).for_lists().annotate(hung_before=Exists(_ups())).order_by("first_published_at", "pk")  # type: ignore[attr-defined]


def to_take_off(place: Unit, today: date) -> QuerySet[Posting]:
    """What has hung as long as it has to; the longest first."""
    rows = Posting.objects.hanging().filter(is_board=True, until__lt=today, unit__path__startswith=place.path)
    return rows.select_related("disclosure", "unit").defer("disclosure__body").order_by("until", "pk")


def posted_counts(place: Unit, first: date, last: date, units: Iterable[int] | None = None) -> dict[int, Posted]:
    """Of the texts first published on these days, by unit: how many the board needs and how many it has. Three queries.

    For supervision. `units` narrows it to these keys; a unit without such a text is left out.
    """
    texts = _needing(place).filter(first_published_at__gte=_morning(first), first_published_at__lt=_morning(last + timedelta(days=1)))
    if units is not None:
        texts = texts.filter(unit__in=list(units))
    needing = dict(texts.order_by().values_list("unit").annotate(n=Count("pk")))
    posted = dict(texts.filter(_up_as_they_are()).order_by().values_list("unit").annotate(n=Count("pk")))
    return {unit: Posted(number, posted.get(unit, 0)) for unit, number in needing.items()}


def _needing(place: Unit) -> QuerySet[Disclosure]:
    """Every text of a village or community, and of others what the catalogue wants on a board."""
    return Disclosure.objects.public().below(place).filter(Q(unit__level=Level.VILLAGE) | Q(item__in=_items_for_boards(place)))


def _items_for_boards(place: Unit) -> list[int]:
    """Of the county's catalogues, all versions: a text keeps the item that it answered."""
    rows = Item.objects.filter(field__standard__area=place.code[:_AREA]).exclude(at_township=False, at_county=False)
    return [pk for pk, channels in rows.values_list("pk", "channels") if any(map(is_board, channels))]


def _ups() -> QuerySet[Posting]:
    return Posting.objects.valid().filter(act="up", is_board=True, disclosure=OuterRef("pk"))


def _up_as_they_are() -> Exists:
    """Put up with the words of the newest receipt, whether it still hangs or not."""
    newest = Receipt.objects.filter(disclosure=OuterRef("disclosure")).order_by("-at", "-seq").values("content_hash")[:1]
    return Exists(_ups().filter(content_hash=Subquery(newest)))


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
