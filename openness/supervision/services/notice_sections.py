"""Parts of a notice beside the ledger: spot checks (抽查) and rectification orders (整改) of the period.

A notice is public once issued, so numbers of persons that somebody wrote into a note are masked here.
"""

from datetime import datetime, time, timedelta
from typing import Any, TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.periods import Period
from openness.disclosures.rules.personal import mask
from openness.units.models import Unit

from ..models import OrderState, Rectification, Sample

_MOST_ROWS = 500


class Section(TypedDict):
    """A table of the notice: kept in its figures, so plain JSON."""

    title: str
    headings: list[str]
    rows: list[list[Any]]


def sections_for(place: Unit, period: Period) -> list[Section]:
    """Those that have rows; at most 500 rows each. Two queries."""
    return [section for section in (_spot_checks(place, period), _rectifications(place, period)) if section["rows"]]


def _spot_checks(place: Unit, period: Period) -> Section:
    columns = ("unit__short_name", "check_of__name", "disclosure__title", "disclosure__live", "score", "note")
    judged = Sample.objects.filter(unit__path__startswith=place.path, judged_at__range=_moments(period)).order_by("unit__path", "pk")
    rows = [
        [unit, check, title if live else _("已经撤下的内容"), _("不适用") if score is None else str(score), mask(note)]
        for unit, check, title, live, score, note in judged.values_list(*columns)[:_MOST_ROWS]
    ]
    return Section(title=_("抽查情况"), headings=[_("单位"), _("抽查"), _("抽到的内容"), _("得分"), _("发现的问题")], rows=rows)


def _rectifications(place: Unit, period: Period) -> Section:
    """Those that were issued in the period."""
    orders = Rectification.objects.filter(unit__path__startswith=place.path, issued_at__range=_moments(period))
    rows = [
        [one.unit.short_name, mask(one.title), one.due_on.isoformat(), one.get_state_display()]
        for one in orders.exclude(state=OrderState.CANCELLED).select_related("unit").order_by("unit__path", "pk")[:_MOST_ROWS]
    ]
    return Section(title=_("整改情况"), headings=[_("单位"), _("什么问题"), _("哪天前办完"), _("状态")], rows=rows)


def _moments(period: Period) -> tuple[datetime, datetime]:
    """The first moment of the period and its last."""
    end = datetime.combine(period.last + timedelta(days=1), time.min) - timedelta(microseconds=1)
    return timezone.make_aware(datetime.combine(period.first, time.min)), timezone.make_aware(end)
