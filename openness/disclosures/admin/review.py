"""One text as those see it who do not write it: what residents will read, who signed, what was said, and the buttons that are one's own."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.models import TaskState

from openness.units.admin.common import may_for, seen_or_404, tells_refusals
from openness.units.policy import UnitPolicy
from openness.units.refusal import Refused

from ..models import Body, Disclosure, Signature, SignTask, UnitReviewTask
from ..services.receipts import content_hash, files_of
from ..services.separation import may_approve, may_sign
from ..services.signing import LABEL, Paper, record_paper, rule_for, signature_of
from ..services.standing import standing_of
from ..services.summary import summary_of
from ..services.together import waits
from .forms import PaperForm, ReturnForm

POLICY = UnitPolicy(Disclosure)
_SHOWN = ("town", "item__field__standard", "author")


@require_admin_access
@tells_refusals
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows; POST does one act of `ACTS`, if the person may."""
    row = seen_or_404(Disclosure, request.user, pk, *_SHOWN)
    if request.method == "POST":
        return _act(request, row)
    return render(request, "disclosures/admin/review.html", context_of(request, row))


def context_of(request: HttpRequest, row: Disclosure, **more: Any) -> dict[str, Any]:
    now = row.get_latest_revision_as_object()
    rule = rule_for(now)
    edit = reverse("wagtailsnippets_disclosures_disclosure:edit", args=[row.pk])
    signature = signature_of(now, rule) if rule else None
    return {
        "row": row, "compare_url": _compare(row), "text": now, "edit_url": edit, "standing": standing_of(row), "rule": rule, "signature": signature, "seen": content_hash(now),
        "signatures": list(Signature.objects.filter(disclosure=row).select_related("sheet")), "history": _history(row),
        "files": [file for file in files_of(now) if hasattr(file, "filename") and not hasattr(file, "width")],
        "waiting": waits(row), "receipts": row.receipts.order_by("-at"), "may_edit": POLICY.user_has_permission_for_instance(request.user, "change", row),
        **_buttons(request.user, row, now, rule, signature), **more,
    }  # fmt: skip


def _approve_form(task: Any, broken: bool) -> Any:
    """It asks for a reason only where a rule is broken."""
    form = task.get_form_for_action("approve")(initial={"must_say": broken})
    if not broken:
        del form.fields["let_through"]
    return form


@require_admin_access
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with room for names, to be signed on paper."""
    row = seen_or_404(Disclosure, request.user, pk, *_SHOWN)
    now = row.get_latest_revision_as_object()
    rule = rule_for(now)
    if rule is None:
        raise Http404
    files = [file for file in files_of(now) if hasattr(file, "filename")]
    context = {"row": row, "text": now, "rule": rule, "files": files, "seen": content_hash(now)}
    return render(request, "disclosures/admin/sheet.html", context)


def _history(row: Disclosure) -> Any:
    states = TaskState.objects.for_instance(row).exclude(status=TaskState.STATUS_IN_PROGRESS)
    return states.select_related("task", "finished_by").order_by("pk")


def _buttons(user: Any, row: Disclosure, now: Disclosure, rule: Any, signature: Any) -> dict[str, Any]:
    """What this person may do now, each with its form; 发布前检查 for whoever signs or approves."""
    task = row.current_workflow_task
    sign = isinstance(task, SignTask) and rule is not None and may_sign(user, row) is not None
    approve = isinstance(task, UnitReviewTask) and may_approve(user, row) is not None
    record = rule is not None and signature is None and may_for(user, LABEL, "record", row.unit)
    summary = summary_of(now, user) if sign or approve else None
    return {
        "sign_bodies": [(body, Body(body).label) for body in rule.bodies] if sign and rule else [],
        "preview": _preview(row, task) if sign or approve else "",
        "summary": summary,
        "approve_form": _approve_form(task, bool(summary and summary.broken)) if approve else None,
        "return_form": ReturnForm() if sign or approve else None,
        "paper_form": PaperForm(bodies=rule.bodies) if record and rule else None,
    }


def _compare(row: Disclosure) -> str:
    """A correction against what is public."""
    if not (row.live and row.has_unpublished_changes and row.live_revision_id and row.latest_revision_id):
        return ""
    return reverse("wagtailsnippets_disclosures_disclosure:revisions_compare", args=[row.pk, row.live_revision_id, row.latest_revision_id])


def _preview(row: Disclosure, task: Any) -> str:
    return reverse("wagtailsnippets_disclosures_disclosure:workflow_preview", args=[row.pk, task.pk])


def _act(request: HttpRequest, row: Disclosure) -> HttpResponse:
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    with transaction.atomic():
        return act(request, row)


def _step(row: Disclosure, kind: type[Any], may: bool) -> tuple[Any, Any]:
    """The step at which the text stands, if it is this one and the person's own."""
    state = row.current_workflow_task_state
    task = state.task.specific if state else None
    if not isinstance(task, kind):
        raise Refused(_("这一条已经不在这一步了，请看现在的情况。"))
    if not may:
        raise Refused(_("这一条不归您办：自己写的、自己签的，要请别人来。"))
    return task, state


def _sign(request: HttpRequest, row: Disclosure) -> HttpResponse:
    task, state = _step(row, SignTask, may_sign(request.user, row) is not None)
    task.on_action(state, request.user, "approve", body=request.POST.get("body", ""), seen=request.POST.get("seen", ""))
    messages.success(request, _("签好了，交给镇里审核。"))
    return redirect("review_sign")


def _approve(request: HttpRequest, row: Disclosure) -> HttpResponse:
    task, state = _step(row, UnitReviewTask, may_approve(request.user, row) is not None)
    if request.POST.get("seen", "") != content_hash(row.get_latest_revision_as_object()):
        raise Refused(_("文字刚才改过，请再看一遍，再审核。"))
    form = task.get_form_for_action("approve")(request.POST)
    if not form.is_valid():
        raise Refused(*[str(sentence) for errors in form.errors.values() for sentence in errors])
    task.on_action(state, request.user, "approve", **form.cleaned_data)
    say_what_came_of_it(request, row)
    return redirect("review_review")


def say_what_came_of_it(request: HttpRequest, row: Disclosure) -> None:
    """After an approval: public, or once more before the committee."""
    fresh = Disclosure.objects.get(pk=row.pk)
    if isinstance(fresh.current_workflow_task, SignTask):
        messages.warning(request, _("签字以后文字改过，已经请监督委员会重新签字，签了再审。"))
    elif waiting := waits(fresh):
        messages.success(request, _("审核好了。{waiting}").format(waiting=waiting))
    elif fresh.live:
        button = messages.button(reverse("published", args=[fresh.pk]), _("打印、张贴、转发"))
        messages.success(request, _("已公开：{title}").format(title=fresh.title), buttons=[button])


def _return(request: HttpRequest, row: Disclosure) -> HttpResponse:
    signing = isinstance(row.current_workflow_task, SignTask)
    may = may_sign(request.user, row) if signing else may_approve(request.user, row)
    task, state = _step(row, SignTask if signing else UnitReviewTask, may is not None)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        raise Refused(*[str(sentence) for sentence in form.errors["comment"]])
    task.on_action(state, request.user, "reject", comment=form.cleaned_data["comment"])
    messages.success(request, _("退回去了，经办人会看到您写的话。"))
    return redirect("review_sign" if signing else "review_review")


def _record(request: HttpRequest, row: Disclosure) -> HttpResponse:
    rule = rule_for(row.get_latest_revision_as_object())
    if rule is None:
        raise Refused(_("这一项不用签字。"))
    form = PaperForm(request.POST, request.FILES, bodies=rule.bodies)
    if not form.is_valid():
        context = context_of(request, row)
        return render(request, "disclosures/admin/review.html", {**context, "paper_form": form})
    record_paper(row, request.user, Paper(**form.cleaned_data), request.POST.get("seen", ""))
    messages.success(request, _("签字登记好了。"))
    return redirect(reverse("review_text", args=[row.pk]))


ACTS: dict[str, Callable[[HttpRequest, Disclosure], HttpResponse]] = {
    "sign": _sign,
    "approve": _approve,
    "return": _return,
    "record": _record,
}
