"""Which texts have to be signed, which are, and signing: on the screen by a committee's member, or on paper, written down by the clerk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.pagecache.topics import changing
from openness.units.grants import roles_for
from openness.units.people import name_of, person, person_acting
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models.files import Attachment
from ..models.signature import How, Signature
from ..models.signing_rule import SigningRule, unit_kind
from .receipts import content_hash
from .separation import may_sign, writers

if TYPE_CHECKING:
    from ..models import Disclosure

LABEL = "disclosures.signature"


class SigningBook:
    """The rules of some counties: one query, however many texts are asked about."""

    def __init__(self, counties: Iterable[int | None]) -> None:
        rows = SigningRule.objects.filter(county__in={one for one in counties if one}).order_by("since", "pk")
        self._newest_last: dict[tuple[int, str, str, str], list[SigningRule]] = {}
        for row in rows:
            self._newest_last.setdefault((row.county_id, row.kind, "" if row.item_key else row.field, row.item_key), []).append(row)

    def rule(self, text: "Disclosure", day: date) -> SigningRule | None:
        """The rule by which this text has to be signed on that day; None where nobody has to sign."""
        kind = unit_kind(text.unit)
        for field, item in (("", text.item.key), (text.item.field.name, ""), ("", "")):
            begun = [row for row in self._newest_last.get((text.county_id or 0, kind, field, item), ()) if row.since <= day]
            if begun:
                return begun[-1] if begun[-1].body else None
        return None


def rule_for(text: "Disclosure") -> SigningRule | None:
    """Today's rule for one text."""
    return SigningBook([text.county_id]).rule(text, timezone.localdate())


def signature_of(text: "Disclosure", rule: SigningRule) -> Signature | None:
    """By one of the bodies that may, of this very text, and not by who is its author now."""
    rows = Signature.objects.filter(disclosure=text.pk, content_hash=content_hash(text), body__in=rule.bodies)
    return rows.exclude(~Q(signer=None), signer=text.author_id).order_by("-pk").first()


def why_passed(text: "Disclosure") -> str:
    """Why nobody has to sign now, as the record of the step says it; empty where somebody has to."""
    rule = rule_for(text)
    if rule is None:
        return str(_("这一项不用签字"))
    signature = signature_of(text, rule)
    if signature is None:
        return ""
    words = _("{body}{day}签过字，文字没有改过")
    return str(words).format(body=signature.get_body_display(), day=day_words(signature.signed_on))


def day_words(day: date) -> str:
    return str(_("{month}月{day}日")).format(month=day.month, day=day.day)


@dataclass(frozen=True)
class Paper:
    """What stands on a signed sheet of paper. `sheet` is an uploaded photograph of it, or nothing."""

    names: str
    signed_on: date
    body: str = ""
    sheet: Any = None


@transaction.atomic
def sign(disclosure: "Disclosure", user: Any, body: str = "", seen: str = "") -> Signature:
    """Sign the newest text in the name of a body: of one that the rule names, of the first of them where it is left out.

    `seen` is the fingerprint of the text that the person has read; left out, nobody asks.

    Raises:
        Refused: who wrote it, who has no role here, a text that changed meanwhile, one that nobody has to sign.
    """
    text, held = disclosure.get_latest_revision_as_object(), may_sign(user, disclosure)
    if held is None:
        raise Refused(_("自己写的不能自己签字，请别的签字人来签。") if user.pk in writers(disclosure) else _("这一条不归您签字。"))
    rule = _rule_or_refuse(text, body)
    _same_text(text, seen)
    acting = held.giver is not None
    return _write(
        text, rule, body=body or rule.body, how=How.PERSON, signed_on=timezone.localdate(), signer=user.pk, giver=held.giver,
        names=_("{name}（代{giver}）").format(name=name_of(user), giver=held.giver_name[:60]) if acting else name_of(user),
        recorded_by=person_acting(user, held),
    )  # fmt: skip


@transaction.atomic
def record_paper(disclosure: "Disclosure", user: Any, paper: Paper, seen: str = "") -> Signature:
    """Write down that the newest text was signed on paper.

    Raises:
        Refused: no clerk of the unit, a day to come, no names, the author among them, a text that changed meanwhile.
    """
    text = disclosure.get_latest_revision_as_object()
    if not user.is_superuser and not roles_of(user).cover(disclosure.unit, roles_for(LABEL, "record")):
        raise Refused(_("这一条不归您登记签字。"))
    rule = _rule_or_refuse(text, paper.body)
    _same_text(text, seen)
    _check(text, paper)
    signature = _write(
        text, rule, body=paper.body or rule.body, how=How.PAPER, signed_on=paper.signed_on, names=paper.names.strip(),
        recorder=user.pk, recorded_by=person(user), sheet=_keep(text, paper.sheet, paper.signed_on),
    )  # fmt: skip
    _pass_on(disclosure, user, signature)
    return signature


def _pass_on(disclosure: "Disclosure", user: Any, signature: Signature) -> None:
    """A text that waits for this signature goes on to the review."""
    from ..models.task import SignTask

    state = disclosure.current_workflow_task_state
    if state is not None and isinstance(state.task.specific, SignTask):
        state.approve(user=user, comment=in_words(signature))


def in_words(signature: Signature) -> str:
    """村务监督委员会签字：王某、李某，10月12日（纸上签）"""
    words = _("{body}签字：{names}，{day}（{how}）")
    columns = {"body": signature.get_body_display(), "names": signature.names, "how": signature.get_how_display()}
    return str(words).format(**columns, day=day_words(signature.signed_on))


def _rule_or_refuse(text: "Disclosure", body: str) -> SigningRule:
    rule = rule_for(text)
    if rule is None:
        raise Refused(_("这一项不用签字。"))
    if body and body not in rule.bodies:
        raise Refused(_("这一项要由{who}签字。").format(who=rule.who))
    if signature_of(text, rule) is not None:
        raise Refused(_("这段文字已经签过字了。"))
    return rule


def _same_text(text: "Disclosure", seen: str) -> None:
    if seen and seen != content_hash(text):
        raise Refused(_("文字刚才改过，请再看一遍，再签字。"))


def _check(text: "Disclosure", paper: Paper) -> None:
    if not paper.names.strip():
        raise Refused(_("请写签字人的姓名。"))
    if paper.signed_on > timezone.localdate():
        raise Refused(_("签字的日期不能晚于今天。"))
    if text.author and text.author.get_full_name() and text.author.get_full_name() in paper.names:
        raise Refused(_("经办人自己写的，不能自己签字。"))


def _keep(text: "Disclosure", sheet: Any, day: date) -> Attachment | None:
    """The photograph of the sheet: a file that is never public."""
    if not sheet:
        return None
    title = _("签字单 {day} {title}").format(day=day.isoformat(), title=text.title)[:255]
    return Attachment.objects.create(title=title, file=sheet, unit=text.unit, private=True)


def _write(text: "Disclosure", rule: SigningRule, **columns: Any) -> Signature:
    with changing(()):  # shown with the receipt that follows it
        return Signature.objects.create(
            disclosure_id=text.pk, unit=text.unit, revision=text.latest_revision_id, content_hash=content_hash(text),
            names_public=rule.names_public, at=timezone.now(), **columns,
        )  # fmt: skip


def shown(signatures: Iterable[Signature], fingerprint: str) -> Signature | None:
    """The last signature of the text with this fingerprint."""
    return next((one for one in reversed(list(signatures)) if one.content_hash == fingerprint), None)
