"""Which notices wait for answers to objections, for the rule that holds back what follows them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Count

from openness.disclosures.models import Disclosure
from openness.disclosures.rules.text import Objected, Text

from ..models import Kind, Submission

_Notice = tuple[int, str, int]  # unit, period, key of the text


def before(rows: Sequence[Disclosure], texts: Sequence[Text]) -> Mapping[int, Sequence[Objected]]:
    """A text's key -> other texts of its unit and item, of its period or of none, with open objections. One query."""
    wanted = Submission.objects.open().filter(kind=Kind.OBJECTION, disclosure__unit__in={row.unit_id for row in rows})
    wanted = wanted.filter(disclosure__item__key__in={row.item.key for row in rows}).order_by("disclosure")
    columns = ("disclosure__item__key", "disclosure__unit", "disclosure__period", "disclosure", "disclosure__title")
    notices: dict[str, list[tuple[_Notice, Objected]]] = defaultdict(list)
    for item, unit, period, key, title, number in wanted.values_list(*columns).annotate(number=Count("pk")):
        notices[item].append(((unit, period, key), Objected(title, number)))
    return {text.key: found for row, text in zip(rows, texts, strict=True) if (found := _of(row, notices[row.item.key]))}


def _of(row: Disclosure, notices: Sequence[tuple[_Notice, Objected]]) -> list[Objected]:
    return [
        said for (unit, period, key), said in notices
        if unit == row.unit_id and key != row.pk and (period == row.period or not period or not row.period)
    ]  # fmt: skip
