"""A batch of rows before the lookups, the rules of publishing and what is there already: the same queries for ten and for two hundred."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from openness.disclosures.models import Disclosure
from openness.disclosures.rules import Level
from openness.disclosures.services.check import check_many

from ..models import ImportJob, ImportRow
from .convert import Draft, convert, key_of, values_of
from .finding import Finding, must
from .lookups import Lookups


def check_rows(job: ImportJob, rows: Sequence[ImportRow], lookups: Lookups, today: date) -> list[Draft]:
    """Every row with its draft and its findings, the hardest first. Nothing is written."""
    lookups.load([values_of(job, row)["unit"] for row in rows] + ([job.unit.code] if job.unit else []))
    drafts = [convert(job, row, lookups, today) for row in rows]
    _ask_the_rules(drafts, today)
    _twice_in_file(job, drafts)
    _there_already(drafts)
    for draft in drafts:
        draft.findings = sorted(_each_once(draft.findings), key=lambda one: -Level(one[0]).rank)
    return drafts


def _each_once(findings: list[Finding]) -> list[Finding]:
    return [list(one) for one in dict.fromkeys(tuple(one) for one in findings)]


def _ask_the_rules(drafts: list[Draft], today: date) -> None:
    """A draft that could not be read in full is asked too: whoever corrects the file learns everything at once."""
    asked = [draft for draft in drafts if draft.disclosure is not None]
    texts = [draft.disclosure for draft in asked if draft.disclosure is not None]
    for draft, issues in zip(asked, check_many(texts, softest=Level.WARN, today=today) if texts else [], strict=True):
        draft.findings += [[issue.level.value, issue.sentence] for issue in issues]


def _twice_in_file(job: ImportJob, drafts: list[Draft]) -> None:
    """The first of equal rows is good, the later ones name it. One query for the rows before this batch."""
    keys = {draft.key for draft in drafts} - {""}
    before = ImportRow.objects.filter(job=job, key__in=keys, number__lt=drafts[0].row.number).order_by("-number")
    first: dict[str, int] = dict(before.values_list("key", "number"))
    for draft in drafts:
        if draft.key and first.setdefault(draft.key, draft.row.number) != draft.row.number:
            draft.findings.append(must(_("和第 {n} 行重复：单位、事项、期次和标题都一样。").format(n=first[draft.key])))


def _there_already(drafts: list[Draft]) -> None:
    """One query for the texts of these units with these titles."""
    asked = [draft.disclosure for draft in drafts if draft.disclosure is not None]
    rows = Disclosure.objects.filter(unit__in={one.unit_id for one in asked}, title__in={one.title for one in asked})
    found = {
        key_of(unit, item, period, title): live
        for unit, item, period, title, live in rows.values_list("unit_id", "item__key", "period", "title", "live")
    }
    for draft in drafts:
        if draft.key in found:
            where = _("已经公开了") if found[draft.key] else _("已经有草稿了")
            draft.findings.append(must(_("这一条{where}：单位、事项、期次和标题都一样。").format(where=where)))
