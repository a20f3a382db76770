"""A submission comes in: from the site, or written down by a clerk for somebody who called or came."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.services.calendar import working_calendar
from openness.disclosures.models import Disclosure
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.people import person
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models import Contact, Event, InformationRequest, Kind, Source, Step, Submission
from ..rules import clock
from ..rules.kinds import KINDS
from ..rules.steps import SUBMISSION
from .numbers import next_number

SENDER = "群众"


@dataclass(frozen=True)
class Wanted:
    """What a request for information says beside its text; all but the applicant's kind may be empty."""

    applicant: str = "person"
    form: str = ""
    delivery: str = ""
    certificate: str = ""
    address: str = ""
    email: str = ""


@dataclass(frozen=True)
class Sent:
    """`once` names one showing of a form: sent twice, it is received once. `on` is the day that a clerk received it, today if None."""

    kind: Kind
    unit: Unit
    text: str
    name: str
    phone: str
    wants_public: bool = False
    disclosure: Disclosure | None = None
    once: str | None = None
    source: Source = Source.WEB
    on: date | None = None
    wanted: Wanted = field(default_factory=Wanted)


def receive(sent: Sent, now: datetime | None = None) -> Submission:
    """Write it down, with its number and its last day.

    Raises:
        Refused: not to this unit, or not about this text.
    """
    return _write(sent, SENDER, now or timezone.now())


def receive_for(sent: Sent, user: Any, now: datetime | None = None) -> Submission:
    """口头留言, a request brought or sent on paper: a clerk writes it down.

    Raises:
        PermissionDenied: not a clerk of the unit. Refused: as `receive`; or a day that is not yet.
    """
    if not (user.is_superuser or roles_of(user).cover(sent.unit, roles_for(SUBMISSION, "add"))):
        raise PermissionDenied
    if sent.on and sent.on > timezone.localdate(now):
        raise Refused(_("收到的日子不能晚于今天。"))
    return _write(sent, _("{clerk}代群众填写").format(clerk=person(user)), now or timezone.now())


def may_be_sent(kind: str, unit: Unit, about: Disclosure | None) -> str:
    """A sentence why not; "" where it may."""
    rule = KINDS[kind]
    if not unit.active or unit.level not in rule.levels:
        return (
            _("信息公开申请请交给镇政府、街道或者县里；村（居）委会的事，可以留言。")
            if kind == Kind.REQUEST
            else _("请选一个村、镇或者县。")
        )
    if rule.about and (about is None or not about.live or about.is_over):
        return _("这一条现在没有公开，请改用留言。")
    if kind == Kind.OBJECTION and (about is None or about.notice_days_left is None):
        return _("公示期已经过了，有意见可以留言。")
    return ""


def _write(sent: Sent, by: str, now: datetime) -> Submission:
    why_not = may_be_sent(sent.kind, sent.unit, sent.disclosure)
    if why_not:
        raise Refused(why_not)
    day, begun = timezone.localdate(now), sent.on or timezone.localdate(now)
    with transaction.atomic():
        if sent.once and (known := Submission.objects.filter(once=sent.once).first()):
            return known
        row = Submission.objects.create(
            number=next_number(day), kind=sent.kind, unit=sent.unit, disclosure=sent.disclosure, text=sent.text, once=sent.once,
            wants_public=sent.wants_public and KINDS[sent.kind].goes_public, source=sent.source, received_at=now, begun_on=begun,
            due_on=clock.due(begun, KINDS[sent.kind].days, working_calendar()),
        )  # fmt: skip
        _write_contact(row, sent)
        Event.objects.create(submission=row, step=Step.RECEIVE, state=row.state, unit=row.unit, due_on=row.due_on, by=by, at=now)
    return row


def _write_contact(row: Submission, sent: Sent) -> None:
    wanted = sent.wanted
    Contact.objects.create(
        submission=row, name=sent.name, phone=sent.phone, certificate=wanted.certificate, address=wanted.address, email=wanted.email
    )
    if sent.kind == Kind.REQUEST:
        InformationRequest.objects.create(
            submission=row, applicant=wanted.applicant, form_wanted=wanted.form, delivery_wanted=wanted.delivery, first_received_on=row.begun_on
        )  # fmt: skip
