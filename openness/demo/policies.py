"""The demo county's policies: public ones with interpretations and checked cards, void ones, one that waits, one that a department sent twice."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from openness.policies.models import Policy
from openness.policies.rules.number import parse_number
from openness.policies.rules.tags import tags_of
from openness.policies.services.card import check_card, write_card
from openness.policies.services.entry import enter, enter_interpretation
from openness.policies.services.publish import Without, publish, send
from openness.policies.services.repeal import repeal
from openness.units.models import Unit

from .policy_texts import POLICIES, WAITING, Told

if TYPE_CHECKING:
    from .desk import Cast

_COUNTY, _YEARS = "220204", 5
_LATE = timedelta(days=6)


def play_policies(cast: "Cast", today: date) -> None:
    """The county's clerk writes, its reviewer checks and publishes: by the services that the buttons use."""
    county, clerk, reviewer = Unit.objects.get(code=_COUNTY), cast["xianban"], cast["xianshen"]
    for told in POLICIES:
        policy = _public(county, told, clerk, reviewer, today)
        if told.lines:
            write_card(policy, {place: {"text": text, "anchor": anchor} for place, (text, anchor) in told.lines.items()}, clerk)
            check_card(policy, told.issuer.removesuffix("（示例）"), reviewer)
        if told.repealed:
            repeal(policy, reviewer, today - timedelta(days=20), told.repealed)
    waiting = enter(county, _columns(WAITING, today), clerk)
    send(waiting, clerk)
    twice = next(told for told in POLICIES if "残疾人" in told.title)
    enter(county, {**_columns(twice, today), "number": "", "title": f"{twice.title}（扫描稿）"}, department="船营区残联（示例）")


def _public(county: Unit, told: Told, clerk: Any, reviewer: Any, today: date) -> Policy:
    policy = enter(county, _columns(told, today), clerk)
    send(policy, clerk)
    title, words = told.interpretation
    if title:
        columns = {"title": title, "text": words, "issuer": told.issuer, "form": told.form}
        send(enter_interpretation(county, columns, [policy], clerk), clerk)
    return publish(policy, reviewer, Without(told.late, today - _LATE if told.late else None))


def _columns(told: Told, today: date) -> dict[str, Any]:
    number, issued = parse_number(told.number), today - timedelta(days=told.days)
    assert number is not None  # noqa: S101  (the demo's own words)
    lasts = told.genre in ("measures", "plan") and not told.repealed
    ends = today - timedelta(days=told.ended) if told.ended else issued + timedelta(days=365 * _YEARS) if lasts else None
    return {
        "title": told.title, "number": str(number), "number_word": number.word, "number_year": number.year, "number_serial": number.serial,
        "issuer": told.issuer, "text": told.text, "genre": told.genre, "tier": told.tier, "field": told.area, "subject": told.subject,
        "formed_on": issued - timedelta(days=3), "issued_on": issued, "effective_on": issued, "expires_on": ends, "tag_words": tags_of(told.tags),
        "audiences": list(told.audiences), "needs": list(told.needs), "covers": list(told.covers),
        "conditions": [{"kind": "age", **told.ages}] if told.ages else [],
        "questions": [{"ask": one.removeprefix("不是："), "yes": not one.startswith("不是：")} for one in told.questions],
        "replaces": list(Policy.objects.filter(number__in=told.replaces).values_list("pk", flat=True)),
    }  # fmt: skip
