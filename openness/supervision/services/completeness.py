"""要素齐全: what the machine saw of each public text, carried into the cells that it answers and into their sums."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet

from search.sending import pages

from ..models import CheckName, Finding, FindingState, Obligation, State, TextPrint
from .tallies import Deltas

_PAGE = 500
_LACKS = (FindingState.OPEN, FindingState.CONFIRMED)
_READ = ("unit_id", "duty__field_id", "unit__path", "due_on", "state", "disclosure_id", "complete")
Complete = Mapping[int, bool | None]


def completeness(told: Mapping[int, bool]) -> dict[int, bool | None]:
    """Disclosure -> whether it lacks nothing. `told` says of which it can be told at all; what a person ignored is not missing. One query."""
    seen = [key for key, can_tell in told.items() if can_tell]
    lacking = set(_missing().filter(disclosure__in=seen).values_list("disclosure", flat=True))
    return {key: key not in lacking if can_tell else None for key, can_tell in told.items()}


def _missing() -> QuerySet[Finding]:
    return Finding.objects.filter(check_name=CheckName.ELEMENT, state__in=_LACKS)


def mark_cells(complete: Complete, units: Iterable[int]) -> int:
    """Of the cells that these disclosures of these units answer. Call inside a transaction.

    Returns:
        How many changed.
    """
    return _mark(Obligation.objects.filter(unit__in=set(units), disclosure__in=list(complete)), complete)


def _mark(cells: QuerySet[Obligation], complete: Complete) -> int:
    rows = cells.select_related("duty", "unit").only(*_READ).select_for_update(of=("self",)).order_by("pk")
    changed = [row for row in rows if row.disclosure_id is not None and row.complete != complete[row.disclosure_id]]
    deltas = Deltas({row.unit_id: row.unit.path for row in changed})
    for row in changed:
        deltas.cell(row.unit_id, row.duty.field_id, row.due_on, row.state, -1, complete=row.complete)
        row.complete = complete[row.disclosure_id or 0]
        deltas.cell(row.unit_id, row.duty.field_id, row.due_on, row.state, complete=row.complete)
    Obligation.objects.bulk_update(changed, ["complete"], batch_size=200)
    deltas.save()
    return len(changed)


def mark_left_out() -> int:
    """Cells that came to their disclosure after it was checked, such as those of a new catalogue.

    Returns:
        How many.
    """
    done = Obligation.objects.filter(state__in=(State.ON_TIME, State.LATE), complete=None)
    left_out = (
        done.filter(disclosure__prints__complete__isnull=False).order_by().values_list("pk", "disclosure", "disclosure__prints__complete")
    )
    marked = 0
    for page in pages(iter(list(left_out)), _PAGE):
        complete = {disclosure: value for _pk, disclosure, value in page}
        with transaction.atomic():
            marked += _mark(Obligation.objects.filter(pk__in=[pk for pk, *_rest in page], disclosure__in=list(complete)), complete)
    return marked


def judged(finding: Finding) -> None:
    """A person said that an element is missing, or that it is not. Call inside a transaction."""
    known = TextPrint.objects.filter(disclosure=finding.disclosure_id, complete__isnull=False)
    if finding.check_name != CheckName.ELEMENT or not known.exists():
        return
    complete = completeness({finding.disclosure_id: True})
    known.update(complete=complete[finding.disclosure_id])
    mark_cells(complete, [finding.unit_id])


def missing_words(disclosures: Iterable[int]) -> dict[int, str]:
    """Disclosure -> what seems to be missing, in words. One query."""
    found: dict[int, list[str]] = {}
    rows = _missing().filter(disclosure__in=list(disclosures)).order_by("pk")
    for disclosure, quote in rows.values_list("disclosure", "quote"):
        found.setdefault(disclosure, []).append(quote)
    return {disclosure: "、".join(quotes) for disclosure, quotes in found.items()}
