"""Sending, returning, publishing, withdrawing: each act in one transaction; what becomes public leaves a record that cannot be rewritten."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.services.publish import next_index_number_of
from openness.units.people import person
from openness.units.refusal import Refused

from ..models import Card, FileUse, Interpretation, Policy, PublicText, Stage, Verb
from ..shown import policies_shown_at
from .card import is_checked, record_check
from .checks import check
from .entry import mark
from .needs import needs_interpretation, ready_with
from .records import write_record
from .repeal import settle_repeals
from .rights import check_may, check_second, named

Text = TypeVar("Text", bound=PublicText)


@dataclass(frozen=True)
class Without:
    """Why a policy goes out without the interpretation that it needs, and the day for which one is promised."""

    reason: str = ""
    promised: date | None = None


def send(text: PublicText, user: Any) -> None:
    """Lay it before the reviewer. Raises: PermissionDenied, Refused."""
    check_may(user, text, "change")
    check(text, text.draft)
    mark(text, stage=Stage.SENT, return_note="")


def send_back(text: PublicText, user: Any, words: str) -> None:
    """Raises: PermissionDenied, Refused."""
    check_may(user, text, "publish")
    if not words.strip():
        raise Refused(_("退回要写一句话，说清哪里要改。"))
    mark(text, stage=Stage.RETURNED, return_note=words.strip()[:300])


@transaction.atomic
def publish(policy: Policy, user: Any, without: Without | None = None) -> Policy:
    """The policy, and every interpretation of it that was sent, in one act: all public or nothing.

    Raises:
        PermissionDenied; Refused: a rule says no, the words are the person's own, or the interpretation is missing and no reason is given.
    """
    policy, why = _locked(policy), without or Without()
    together = [_locked(one) for one in ready_with(policy)]
    for text in (policy, *together):
        _check_publishable(text, user)
    _check_interpreted(policy, bool(together), why)
    if together or why.reason.strip():
        mark(policy, without_interpretation=why.reason.strip()[:300], interpretation_due_on=None if together else why.promised)
    with policies_shown_at(policy.unit):
        shown = _make_public(policy, user, why.reason.strip())
        for one in together:
            _make_public(one, user)
    return shown


@transaction.atomic
def publish_interpretation(text: Interpretation, user: Any) -> Interpretation:
    """Of a policy that is public already; otherwise the two go out together. Raises: as `publish`."""
    text = _locked(text)
    _check_publishable(text, user)
    if not text.policies.filter(live=True).exists():
        raise Refused(_("政策还没有公开。公开政策的时候，解读会一起公开。"))
    with policies_shown_at(text.unit):
        return _make_public(text, user)


@transaction.atomic
def withdraw(text: PublicText, user: Any, reason: str) -> None:
    """The address and the record stay. What it had repealed is in force again. Raises: PermissionDenied, Refused."""
    text = _locked(text)
    check_may(user, text, "publish")
    if not reason.strip():
        raise Refused(_("撤下要写明原因，群众会看到。"))
    if not text.live:
        raise Refused(_("这一份没有公开。"))
    with policies_shown_at(text.unit):
        text.withdrawn_at, text.withdrawn_reason = timezone.now(), reason.strip()[:300]
        text.unpublish(user=user)
        _use_files(text)
        by = named(user, text, "publish")
        write_record(text, Verb.WITHDRAW, by, by, text.withdrawn_reason)
        if isinstance(text, Policy):
            settle_repeals(text, user)


def _locked(text: Text) -> Text:
    found: Text = type(text)._default_manager.select_for_update(of=("self",)).select_related("unit").get(pk=text.pk)
    return found


def _check_publishable(text: PublicText, user: Any) -> None:
    check_may(user, text, "publish")
    check_second(user, text)
    if text.stage != Stage.SENT:
        raise Refused(_("《{title}》还没有交上来审核。").format(title=text.title))
    check(text, text.draft)


def _check_interpreted(policy: Policy, together: bool, why: Without) -> None:
    """吉政公组〔2019〕1号: published together, or a reason that is on record."""
    if together or why.reason.strip() or policy.interpretations.filter(live=True).exists() or not needs_interpretation(policy.draft):
        return
    raise Refused(_("这份政策要和解读一起公开。请先把解读交上来，或者写明为什么没有。"))


def _make_public(text: Text, user: Any, note: str = "") -> Text:
    verb = Verb.CORRECT if text.first_published_at else Verb.PUBLISH
    revision = text.newest_revision
    assert revision is not None  # noqa: S101  (there is no text without one)
    revision.publish(user=user)
    public: Text = type(text)._default_manager.select_related("unit", "author").get(pk=text.pk)
    public.stage, public.withdrawn_at, public.withdrawn_reason = Stage.DONE, None, ""
    if isinstance(public, Policy):
        public.index_number = public.index_number or next_index_number_of(public.unit)
        public.tags.set(public.tag_words)
    public.save()
    _use_files(public)
    wrote = public.department if isinstance(public, Policy) and public.author is None else person(public.author)
    write_record(public, verb, wrote, named(user, public, "publish"), note)
    if isinstance(public, Policy):
        settle_repeals(public, user)
        card = Card.objects.filter(policy=public).first()
        if card is not None and is_checked(public, card):
            record_check(public, card, card.checker)
    return public


def _use_files(text: PublicText) -> None:
    """Only what a public version shows can be downloaded."""
    of = {"policy" if isinstance(text, Policy) else "interpretation": text}
    FileUse.objects.filter(**of).delete()
    if text.live:
        FileUse.objects.bulk_create(FileUse(attachment_id=key, **of) for key in text.files)
