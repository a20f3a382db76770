"""通报 in the admin: drafted with numbers, edited, issued, printed and taken away as a workbook."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from openness.units.policy import UnitPolicy
from openness.units.refusal import Refused

from ..models import Notice
from ..services.notice import draft_notice, issue, redraft
from ..services.notice_sheet import notice_workbook
from ..views.notices import XLSX, attachments
from ..views.periods import chosen_period, frame
from .places import chosen_place, place_choices

LABEL = "supervision.notice"
policy = UnitPolicy(Notice)


class NoticeForm(forms.ModelForm[Notice]):
    class Meta:
        model = Notice
        fields = ("title", "document_number", "issuer", "opening", "problems", "demands")
        widgets = {name: forms.Textarea(attrs={"rows": 6}) for name in ("opening", "problems", "demands")}


def notice_for(request: HttpRequest, pk: int) -> Notice:
    """One of the person's; others do not exist."""
    notice = policy.visible(request.user).select_related("unit").filter(pk=pk).first()
    if notice is None:
        raise Http404
    return notice


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("supervision.view_notice"):
        raise PermissionDenied
    place, period = chosen_place(request, LABEL), chosen_period(request)
    notices = policy.visible(request.user).select_related("unit").defer("figures")[:100]
    may_add = request.user.has_perm("supervision.add_notice", place)
    more = {"notices": notices, "places": place_choices(request, place, LABEL), "may_add": may_add}
    return render(request, "supervision/admin/notices.html", frame(place, period, **more))


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    place, period = chosen_place(request, LABEL, "add"), chosen_period(request)
    try:
        notice = draft_notice(place, period, request.user)
    except Refused as refused:
        return refuse(request, refused, "supervision_notices")
    messages.success(request, _("起草好了，请核对文字。"))
    return redirect("supervision_notice", notice.pk)


def refuse(request: HttpRequest, refused: Refused, name: str, *arguments: Any) -> HttpResponse:
    for sentence in refused.sentences:
        messages.error(request, sentence)
    return redirect(name, *arguments)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    notice = notice_for(request, pk)
    form = NoticeForm(request.POST or None, instance=notice)
    if request.method == "POST":
        _may_change(request, notice)
        if notice.issued_at is not None:
            return refuse(request, Refused(_("已经印发，不能再改。")), "supervision_notice", pk)
        if form.is_valid():
            form.save()
            messages.success(request, _("存好了。"))
            return redirect("supervision_notice", pk)
    return render(request, "supervision/admin/notice.html", {"notice": notice, "form": form, **attachments(notice)})


def _may_change(request: HttpRequest, notice: Notice) -> None:
    if not policy.user_has_permission_for_instance(request.user, "change", notice):
        raise PermissionDenied


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """印发 or 按今天的数字重写: by the button's name."""
    notice = notice_for(request, pk)
    _may_change(request, notice)
    try:
        if "issue" in request.POST:
            issue(notice, request.user)
            messages.success(request, _("已印发。从现在起文字和数字都不会再变。"))
        else:
            redraft(notice, request.user)
            messages.success(request, _("已按今天的数字重写。"))
    except Refused as refused:
        return refuse(request, refused, "supervision_notice", pk)
    return redirect("supervision_notice", pk)


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    notice = notice_for(request, pk)
    return render(request, "supervision/admin/notice_print.html", {"notice": notice, **attachments(notice)})


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    notice = notice_for(request, pk)
    return FileResponse(notice_workbook(notice), as_attachment=True, filename=f"{notice.title}.xlsx", content_type=XLSX)


URLS = [
    path("supervision/notices/", index, name="supervision_notices"),
    path("supervision/notices/draft/", draft, name="supervision_notice_draft"),
    path("supervision/notices/<int:pk>/", edit, name="supervision_notice"),
    path("supervision/notices/<int:pk>/act/", act, name="supervision_notice_act"),
    path("supervision/notices/<int:pk>/print/", printed, name="supervision_notice_print"),
    path("supervision/notices/<int:pk>/xlsx/", workbook, name="supervision_notice_xlsx"),
]
