"""Parts of a notice that other tables give: spot checks (抽查) and rectification orders (整改).

The tables are looked up by name, so that a notice is honest without them: what does not exist is left out.
"""

from datetime import datetime, time, timedelta
from typing import Any, TypedDict

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.periods import Period
from openness.units.models import Unit

_MOST_ROWS = 500
_RECTIFICATIONS, _SAMPLES = "Rectification", "Sample"


class Section(TypedDict):
    """A table of the notice: kept in its figures, so plain JSON."""

    title: str
    headings: list[str]
    rows: list[list[Any]]


def sections_for(place: Unit, period: Period) -> list[Section]:
    """Those that have rows; at most 500 rows each."""
    return [section for section in (_spot_checks(place, period), _rectifications(place, period)) if section and section["rows"]]


def table(name: str) -> Any | None:
    """A model of this app, or None where the installation has none of the name."""
    return apps.all_models["supervision"].get(name.lower())


def _spot_checks(place: Unit, period: Period) -> Section | None:
    model = table(_SAMPLES)
    if model is None:
        return None
    columns = ("unit__short_name", "check_of__name", "disclosure__title", "score", "note")
    judged = model.objects.filter(unit__path__startswith=place.path, judged_at__range=_moments(period)).order_by("unit__path", "pk")
    rows = [[*row[:3], str(row[3]), row[4]] for row in judged.values_list(*columns)[:_MOST_ROWS]]
    return Section(title=_("抽查情况"), headings=[_("单位"), _("抽查"), _("抽到的内容"), _("得分"), _("发现的问题")], rows=rows)


def _rectifications(place: Unit, period: Period) -> Section | None:
    model = table(_RECTIFICATIONS)
    if model is None:
        return None
    orders = model.objects.filter(unit__path__startswith=place.path, issued_at__range=_moments(period)).select_related("unit")
    rows = [
        [one.unit.short_name, one.title, one.due_on.isoformat(), one.get_state_display()]
        for one in orders.order_by("unit__path", "pk")[:_MOST_ROWS]
    ]
    return Section(title=_("整改情况"), headings=[_("单位"), _("什么问题"), _("哪天前办完"), _("状态")], rows=rows)


def _moments(period: Period) -> tuple[datetime, datetime]:
    """The first moment of the period and its last."""
    end = datetime.combine(period.last + timedelta(days=1), time.min) - timedelta(microseconds=1)
    return timezone.make_aware(datetime.combine(period.first, time.min)), timezone.make_aware(end)
