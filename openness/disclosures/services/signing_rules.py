"""Making and reading the rules of 谁来签字. Rules are added, never changed: the list of a county is its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Field, Item, Standard
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.people import person
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models.signing_rule import Body, SigningRule, UnitKind

LABEL = "disclosures.signingrule"
# 农经发〔2011〕13号: financial disclosures are examined by the group before they are public. 村民委员会组织法 (2025) art. 37 gives the
# same task (村民民主理财) and 村务公开 to the supervisory committee; 城市居民委员会组织法 (2025) art. 36 the communities to theirs.
FINANCE = "农村集体经济组织财务公开规定（农经发〔2011〕13号）：公开前由民主理财小组审核；村民委员会组织法（2025年）第三十七条"
VILLAGES = "村民委员会组织法（2025年）第三十七条：村务监督委员会负责村民民主理财，监督村务公开等制度的落实"
COMMUNITIES = "城市居民委员会组织法（2025年）第三十六条：居务监督委员会对居民委员会工作进行监督"
TOWNSHIPS = "法律没有要求，由审核人审核"


@dataclass(frozen=True)
class NewRule:
    """What an administrator writes. `body` empty: nobody has to sign. `item_key` empty: the whole field; `field` empty too: everything."""

    kind: str
    body: str
    source: str
    since: date
    field: str = ""
    item_key: str = ""
    other_body: str = ""
    names_public: bool = False


def add_rule(county: Unit, by: Any, new: NewRule) -> SigningRule:
    """A new line; it counts from its day on.

    Raises:
        Refused: to whom is no administrator of the county, or with what is missing.
    """
    if not by.is_superuser and not roles_of(by).cover(county, roles_for(LABEL, "add")):
        raise Refused(_("签字规定由县级管理员来定。"))
    if not new.source.strip():
        raise Refused(_("请写依据：哪个文件、哪一条。"))
    if new.other_body and not new.body:
        raise Refused(_("先选谁签字，再选也可以由谁签。"))
    item = Item.objects.in_force().filter(field__standard__area=county.code, key=new.item_key).select_related("field").first()
    if new.item_key and item is None:
        raise Refused(_("目录里没有这个事项。"))
    return SigningRule.objects.create(
        county=county, kind=new.kind, field=item.field.name if item else new.field, item_key=new.item_key, item_name=item.name if item else "",
        body=new.body, other_body="" if new.other_body == new.body else new.other_body, names_public=new.names_public,
        source=new.source.strip()[:200], since=new.since, made_by=person(by), made_at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def adopt_defaults(county: Unit, since: date, by: str) -> int:
    """What the law suggests, for a county that has no rules yet. Returns how many were made."""
    if SigningRule.objects.filter(county=county).exists():
        return 0
    made = [
        SigningRule(
            county=county, kind=kind, field=field, body=body, other_body=other, source=source, since=since, made_by=by, made_at=timezone.now()
        )
        for kind, field, body, other, source in _defaults(county)
    ]  # fmt: skip
    SigningRule.objects.bulk_create(made)
    return len(made)


def _defaults(county: Unit) -> Iterable[tuple[str, str, str, str, str]]:
    """Kind, field, body, other body, source."""
    for field in fields_of(county):
        if "财务" in field:
            yield UnitKind.VILLAGE, field, Body.FINANCE, Body.SUPERVISION, FINANCE
    yield UnitKind.VILLAGE, "", Body.SUPERVISION, "", VILLAGES
    yield UnitKind.COMMUNITY, "", Body.RESIDENTS, "", COMMUNITIES
    yield UnitKind.TOWNSHIP, "", "", "", TOWNSHIPS


def fields_of(county: Unit) -> list[str]:
    """Names of the fields of the county's catalogues in force, each once, in their order."""
    names = Field.objects.filter(standard__in=Standard.objects.in_force().filter(area=county.code)).order_by("standard", "position")
    return list(dict.fromkeys(names.values_list("name", flat=True)))


def adopt_for_catalogue(standard: Standard, **_kwargs: Any) -> None:
    """With its first catalogue a county gets what the law suggests; an administrator may decide otherwise from any day on."""
    county = Unit.objects.filter(code=standard.area).first()
    if county is not None:
        adopt_defaults(county, max(standard.effective_from, FIRST_DAY), standard.imported_by)


FIRST_DAY = date(2012, 1, 1)  # of 农经发〔2011〕13号


@dataclass(frozen=True)
class Line:
    """One thing for which somebody has to sign, or nobody: the rule that counts, those before it, and one still to come."""

    rule: SigningRule | None
    before: list[SigningRule]
    coming: list[SigningRule]


def lines_of(county: Unit, today: date) -> list[Line]:
    """The county's rules by kind and scope, the widest last. One query."""
    groups: dict[tuple[str, str, str], list[SigningRule]] = {}
    for row in SigningRule.objects.filter(county=county).order_by("-since", "-pk"):
        groups.setdefault((row.kind, "" if row.item_key else row.field, row.item_key), []).append(row)
    kinds = list(UnitKind.values)
    ordered = sorted(groups.items(), key=lambda one: (kinds.index(one[0][0]), not one[0][2], not one[0][1], one[0]))
    return [_line(rows, today) for _key, rows in ordered]


def _line(rows: list[SigningRule], today: date) -> Line:
    begun = [row for row in rows if row.since <= today]
    return Line(begun[0] if begun else None, begun[1:], [row for row in rows if row.since > today])
