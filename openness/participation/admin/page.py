"""One submission: what was written, what is to be decided, the answer, the history; with the acts that are one's own."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from catalog.services.calendar import working_calendar
from openness.disclosures.models import Disclosure
from openness.disclosures.rules.personal import mask
from openness.units.admin.common import may_for, seen_or_404
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.policy import UnitPolicy
from openness.units.refusal import Refused

from ..models import AnswerTemplate, Kind, Step, Submission
from ..rules.kinds import KINDS
from ..rules.results import APPLICANTS, BY_KEY, DELIVERIES, FORMS, RESULTS
from ..rules.steps import CONTACT, STEPS, SUBMISSION
from ..services.handle import Act, steps_for, take
from ..services.words import suggestion
from .queue import days_words

_OWN_FORM = {Step.ACCEPT, Step.SHOW, Step.HIDE, Step.DRAFT, Step.ANSWER, Step.APPROVE, Step.SEND_BACK, Step.REFER}
_SAID = {
    Step.DRAFT: gettext_lazy("答复交上去了，等镇里审核。"),
    Step.ANSWER: gettext_lazy("答复好了，群众凭编号和电话可以查到。"),
    Step.APPROVE: gettext_lazy("审核通过，群众可以看到答复了。"),
    Step.SEND_BACK: gettext_lazy("退回去了，经办人会看到您写的话。"),
    Step.SHOW: gettext_lazy("来件在网上公开了。"),
    Step.HIDE: gettext_lazy("来件不公开，原因记下了。"),
}


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows; POST takes one step. What a refusal says stands above the words, which stay."""
    row = seen_or_404(Submission, request.user, pk, "disclosure", "reply_unit", "request", "contact")
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            _act(request, row)
        except Refused as why:
            refused = why.sentences
            row.refresh_from_db()
        else:
            return redirect(request.path if UnitPolicy(Submission).visible(request.user).filter(pk=pk).exists() else "submissions")
    return render(request, "participation/admin/submission.html", _context(request, row, refused))


def _act(request: HttpRequest, row: Submission) -> None:
    step = request.POST.get("step", "")
    if step not in Step:
        raise Http404
    act = Act(
        note=request.POST.get("note", "")[:2000], public_text=request.POST.get("public_text", "")[:1000], result=request.POST.get("result", ""),
        unit=next((unit for unit in targets(row) if unit.code == request.POST.get("unit")), None),
    )  # fmt: skip
    with transaction.atomic():
        take(row, Step(step), request.user, act)
    messages.success(request, _SAID.get(Step(step), _("已经记下。")))


def targets(row: Submission) -> list[Unit]:
    """Whom it may be passed to: the county, its townships, and the villages of the own township."""
    county = row.unit.path[: Unit.steplen * Level.COUNTY]
    town = row.unit.path[: Unit.steplen * Level.TOWNSHIP]
    near = Q(path=county) | Q(path__startswith=county, level=Level.TOWNSHIP) | Q(path__startswith=town, level=Level.VILLAGE)
    return list(Unit.objects.filter(near, active=True).exclude(pk=row.unit_id).order_by("path"))


def _context(request: HttpRequest, row: Submission, refused: tuple[str, ...]) -> dict[str, Any]:
    user, steps, today = request.user, steps_for(request.user, row), timezone.localdate()
    handles = may_for(user, SUBMISSION, "answer", row.unit)
    reply = Step.DRAFT if Step.DRAFT in steps else Step.ANSWER if Step.ANSWER in steps else None
    templates = list(AnswerTemplate.objects.filter(kind=row.kind)) if reply else []
    return {
        "row": row, "refused": refused, "written": request.POST if refused else {}, "steps": steps, "events": row.events.select_related("unit"),
        "text": row.text if handles else mask(row.text), "contact": _contact(user, row), "rule": KINDS[row.kind], "details": _details(row),
        "how_long": days_words(row, today, working_calendar()), "late": row.is_overdue(today), "reply_step": reply,
        "undecided": Step.SHOW in steps and row.wants_public and row.shown_at is None and not row.hidden_reason, "suggested": suggestion(row.text),
        "templates": templates, "begun_with": _begun_with(request, row, templates), "results": RESULTS if row.kind == Kind.REQUEST else (),
        "targets": targets(row) if Step.REFER in steps else [], "others": [(step, STEPS[step]) for step in steps if step not in _OWN_FORM],
        "edit_url": _edit_url(user, row),
    }  # fmt: skip


def _contact(user: Any, row: Submission) -> Any:
    """For those who answer; None for everybody else and when it was deleted."""
    return getattr(row, "contact", None) if may_for(user, CONTACT, "call", row.unit) else None


def _begun_with(request: HttpRequest, row: Submission, templates: list[AnswerTemplate]) -> str:
    """The template that the address names, else the draft that came back."""
    chosen = next((one.text for one in templates if str(one.pk) == request.GET.get("template")), None)
    return chosen if chosen is not None else row.reply


def _details(row: Submission) -> list[tuple[str, str]]:
    """What a request says beside its text."""
    asked = getattr(row, "request", None)
    if asked is None:
        return []
    result = BY_KEY.get(asked.result)
    pairs = [
        (_("申请人"), dict(APPLICANTS).get(asked.applicant, "")),
        (_("要什么形式"), dict(FORMS).get(asked.form_wanted, "")),
        (_("怎么给"), dict(DELIVERIES).get(asked.delivery_wanted, "")),
        (_("答复类型"), f"{result.label}（{result.article}）" if result else ""),
        (_("等到哪天"), asked.waits_until.isoformat() if asked.waits_until else ""),
        (_("延长过"), _("是") if asked.extended else ""),
        (_("送达"), f"{asked.delivered_on} {asked.delivered_by}" if asked.delivered_on else ""),
    ]
    return [(label, str(value)) for label, value in pairs if value]


def _edit_url(user: Any, row: Submission) -> str:
    """Where to correct the text that it is about, for whoever may."""
    if row.disclosure is None or not UnitPolicy(Disclosure).user_has_permission_for_instance(user, "change", row.disclosure):
        return ""
    return reverse("wagtailsnippets_disclosures_disclosure:edit", args=[row.disclosure_id])
