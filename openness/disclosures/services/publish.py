"""Publishing: state, receipt, index number, file uses and outbox in one transaction."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.units.models import Unit
from openness.units.people import person_acting
from openness.units.roles import roles_of
from search.outbox import touch

from ..models.files import Attachment, FileUse
from ..models.receipt import Receipt, Serial, Verb
from ..rules import Issue, PublishRefused, issues_of
from ..shown_at import shown_at
from ..signals import receipts_written
from .override import let_through_as_asked, still_broken
from .receipts import files_of, person, write_receipt
from .separation import APPROVE, writers
from .signing import rule_for, signature_of
from .together import waits
from .versions import keep_first_version

if TYPE_CHECKING:
    from ..models import Disclosure

KIND = "disclosure"


class Publish:
    """Make one revision the public one. `approver` is who said yes; the actor is the author, also where a reviewer mended a word."""

    def __init__(self, disclosure: "Disclosure", revision: Any, approver: Any = None) -> None:
        self.disclosure, self.revision, self.approver = disclosure, revision, approver

    def execute(self, wagtail_publishes: Callable[[], None]) -> Receipt | None:
        """Check the rules, let Wagtail publish, and write what proves it.

        Returns:
            The receipt; None when the revision only got scheduled for a later time.

        Raises:
            PublishRefused: with one sentence an issue. Nothing has changed.
        """
        with shown_at(self.disclosure.unit), transaction.atomic():
            if waiting := waits(self.disclosure):
                raise PublishRefused([Issue("", waiting)])
            correcting = bool(self.disclosure.first_published_at)
            self.check()
            if correcting:
                self._keep_first_version()
            wagtail_publishes()
            public = type(self.disclosure).objects.select_related("unit", "item__field__standard").get(pk=self.disclosure.pk)
            if not public.live or public.live_revision_id != self.revision.pk:
                return None
            author = public.author or self.revision.user
            return settle(public, Verb.CORRECT if correcting else Verb.PUBLISH, person(author), self._approver_in_words())

    def _keep_first_version(self) -> None:
        """Or residents could not see what the first correction of an imported text changed."""
        keep_first_version(type(self.disclosure).objects.select_related("unit").get(pk=self.disclosure.pk))

    def check(self) -> None:
        """Whether the text may be public as it is; what the approver lets through is written down. Raises PublishRefused."""
        self._two_people()
        text = self.revision.as_object()
        self._by_the_rules(text, bool(self.disclosure.first_published_at))
        self._signed(text)

    def _by_the_rules(self, text: "Disclosure", correcting: bool) -> None:
        """Every rule that blocks, but for what a reviewer let through in this revision."""
        issues = issues_of(text, correcting=correcting)
        broken = still_broken(issues, self.disclosure, self.revision.pk)
        if broken := let_through_as_asked(broken, self.revision, self.approver):
            raise PublishRefused(broken)

    def _two_people(self) -> None:
        """Nobody approves the own text; the installation's superuser stands outside the rule and shows in the receipt."""
        approver = self.approver
        if approver is not None and not approver.is_superuser and approver.pk == self.disclosure.author_id:
            raise PublishRefused([Issue("", _("自己写的不能自己审核，请别的审核人来审。"))])

    def _signed(self, text: "Disclosure") -> None:
        """By the body that the rules name, and not by who approves."""
        if self.approver is not None and self.approver.is_superuser:
            return
        rule = rule_for(text)
        if rule is None:
            return
        signature = signature_of(text, rule)
        if signature is None:
            raise PublishRefused([Issue("", _("还没有监督委员会签字，或者签字以后文字改过。签了字才能公开。"))])
        if self.approver is not None and self.approver.pk in signature.people:
            raise PublishRefused([Issue("", _("自己签的字不能自己审核，请别的审核人来审。"))])

    def _approver_in_words(self) -> str:
        if self.approver is None:
            return person(None)
        barred = writers(self.disclosure)
        return person_acting(self.approver, roles_of(self.approver).capacity(self.disclosure.unit, APPROVE, barred))


def settle(public: "Disclosure", verb: Verb, actor: str, approver: str) -> Receipt:
    """What every publication leaves behind, whichever way it came."""
    note = public.change_note
    public.change_note, public.withdrawn_at, public.withdrawn_reason = "", None, ""
    public.index_number = public.index_number or next_index_number(public)
    public.save(update_fields=["change_note", "withdrawn_at", "withdrawn_reason", "index_number"])
    use_files([public])
    receipt = write_receipt(public, verb, actor, approver, note if verb is Verb.CORRECT else "")
    touch(KIND, [public.pk])
    receipts_written.send(sender=type(public), disclosures=[public])
    return receipt


def next_index_number(disclosure: "Disclosure") -> str:
    return next_index_number_of(disclosure.unit)


def next_index_number_of(unit: Unit) -> str:
    """索引号: the unit's credit code (or its division code), the year, and a serial of that unit and year."""
    year = timezone.localdate().year
    Serial.objects.get_or_create(unit=unit, year=year)
    Serial.objects.filter(unit=unit, year=year).update(last=F("last") + 1)
    number = Serial.objects.values_list("last", flat=True).get(unit=unit, year=year)
    return f"{unit.credit_code or unit.code.ljust(12, '0')}/{year}-{number:05d}"


def use_files(public: "Iterable[Disclosure]") -> None:
    """Note which files the public versions show: only those can be downloaded by everybody."""
    disclosures = list(public)
    FileUse.objects.filter(disclosure__in=disclosures).delete()
    FileUse.objects.bulk_create(
        (
            FileUse(disclosure=disclosure, **{"attachment" if isinstance(file, Attachment) else "photo": file})
            for disclosure in disclosures
            for file in files_of(disclosure)
        ),
        batch_size=500,
    )
