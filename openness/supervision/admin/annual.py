"""年度报告 in the admin: drafted, filled in, checked, and handed on as a draft disclosure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from openness.disclosures.forms import units_for
from openness.disclosures.models import Disclosure
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.policy import UnitPolicy
from openness.units.refusal import Refused

from ..models import AnnualReport
from ..rules.annual import LAYOUTS, TOTAL, Layout, Line, read_number, value
from ..services.annual import draft_report, faults_of, fill_with_zeros, items_for, send_to_review
from .reports import refuse

LABEL = "supervision.annualreport"
policy = UnitPolicy(AnnualReport)


class NewForm(forms.Form):
    """A government's unit that the person may report for, and a year."""

    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(queryset=Unit.objects.none(), label=gettext_lazy("哪个单位"))
    year = forms.TypedChoiceField(coerce=int, label=gettext_lazy("哪一年"))

    def __init__(self, user: Any, data: Any = None) -> None:
        super().__init__(data)
        levels = (Level.COUNTY, Level.TOWNSHIP)
        self.fields["unit"].queryset = units_for(user, LABEL, "add").filter(level__in=levels).order_by("path")  # type: ignore[attr-defined]
        this = timezone.localdate().year
        self.fields["year"].choices = [(year, _("{year}年").format(year=year)) for year in (this, this - 1, this - 2)]  # type: ignore[attr-defined]


class TextForm(forms.ModelForm[AnnualReport]):
    class Meta:
        model = AnnualReport
        fields = ("overview", "issues", "others")
        widgets = {name: forms.Textarea(attrs={"rows": 6}) for name in fields}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False  # a draft may be incomplete; what goes to review may not


@dataclass(frozen=True)
class Cell:
    """One number of a table. `name` is that of its field, empty for a sum."""

    name: str
    label: str
    value: Any
    fault: str = ""


def index_form(request: HttpRequest) -> NewForm | None:
    may = request.user.has_perm("supervision.add_annualreport")
    return NewForm(request.user, request.POST or None) if may else None


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("supervision.view_annualreport"):
        raise PermissionDenied
    form = index_form(request)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            return _drafted(request, form)
    reports = policy.visible(request.user).select_related("unit", "disclosure").defer("tables", "disclosure__body")[:200]
    return render(request, "supervision/admin/annual_list.html", {"form": form, "reports": reports})


def _drafted(request: HttpRequest, form: NewForm) -> HttpResponse:
    try:
        report = draft_report(form.cleaned_data["unit"], form.cleaned_data["year"], request.user)
    except Refused as refused:
        return refuse(request, refused, "supervision_annual")
    messages.success(request, _("起草好了。平台知道的已经填上，空着的请您填。"))
    return redirect("supervision_annual_report", report.pk)


def report_for(request: HttpRequest, pk: int, action: str) -> AnnualReport:
    """One that the person may see; 404 otherwise, and a refusal where it may be seen but not changed."""
    report = policy.visible(request.user).select_related("unit", "disclosure").filter(pk=pk).first()
    if report is None:
        raise Http404
    if not policy.user_has_permission_for_instance(request.user, action, report):
        raise PermissionDenied
    return report


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_for(request, pk, "change" if request.method == "POST" else "view")
    form, typed = TextForm(request.POST or None, instance=report), {}
    if request.method == "POST":
        if report.disclosure_id is not None:
            return refuse(request, Refused(_("已经生成公开内容的草稿，请到那一条里改。")), "supervision_annual_report", pk)
        typed = read_tables(report, request.POST)
        if form.is_valid() and not typed:
            return _stored(request, form)
    context = {"report": report, "form": form, "tables": [(layout, grid(layout, report.tables, typed)) for layout in LAYOUTS]}
    may = policy.user_has_permission_for_instance(request.user, "change", report) and report.disclosure_id is None
    return render(
        request, "supervision/admin/annual.html", {**context, "faults": faults_of(report), "may": may, **_sending(request, report)}
    )


def _stored(request: HttpRequest, form: TextForm) -> HttpResponse:
    """Both buttons store what was typed; one of them then puts 0 where nothing was."""
    report = form.save()
    if "zeros" in request.POST:
        fill_with_zeros(report)
        messages.success(request, _("存好了，空着的数都填成了 0。"))
    else:
        messages.success(request, _("存好了。"))
    return redirect("supervision_annual_report", report.pk)


def _sending(request: HttpRequest, report: AnnualReport) -> dict[str, Any]:
    may = UnitPolicy(Disclosure).user_has_permission_for_instance(request.user, "add", Disclosure(unit=report.unit))
    url = Disclosure.snippet_viewset.get_url_name("edit")
    return {"may_send": may and report.disclosure_id is None, "items": items_for(report.unit) if may else [], "disclosure_url": url}


def read_tables(report: AnnualReport, data: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Put what was typed into the report's tables.

    Returns:
        What could not be read: name of the field -> (what was typed, a sentence).
    """
    wrong = {}
    for layout in LAYOUTS:
        for line, column in layout.cells():
            name = cell_name(layout, line, column)
            try:
                number = read_number(layout, str(data.get(name, "")))
            except ValueError as error:
                wrong[name] = (str(data[name]), str(error))
            else:
                report.tables.setdefault(layout.key, {}).setdefault(line.key, {})[column] = number
    return wrong


def cell_name(layout: Layout, line: Line, column: str) -> str:
    return f"{layout.key}-{line.key}-{column}"


def grid(layout: Layout, tables: Mapping[str, Any], wrong: Mapping[str, tuple[str, str]]) -> list[tuple[Line, list[Cell]]]:
    return [(line, list(_cells(layout, line, tables, wrong))) for line in layout.lines]


def _cells(layout: Layout, line: Line, tables: Mapping[str, Any], wrong: Mapping[str, tuple[str, str]]) -> Iterator[Cell]:
    for column, label in layout.columns:
        computed = line.computed or column == TOTAL
        name = "" if computed else cell_name(layout, line, column)
        typed, fault = wrong.get(name, (value(tables, layout, line.key, column), ""))
        yield Cell(name, f"{line.group}{line.label} {label}", "" if typed is None else typed, fault)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft disclosure by this person; the review is as for any other."""
    report = report_for(request, pk, "change")
    if not UnitPolicy(Disclosure).user_has_permission_for_instance(request.user, "add", Disclosure(unit=report.unit)):
        raise PermissionDenied
    chosen = request.POST.get("item", "")
    item = next((item for item in items_for(report.unit) if str(item.pk) == chosen), None)
    if item is None:
        return refuse(request, Refused(_("请选目录里的一项。")), "supervision_annual_report", pk)
    try:
        made = send_to_review(report, item, request.user)
    except Refused as refused:
        return refuse(request, refused, "supervision_annual_report", pk)
    messages.success(request, _("已生成草稿。核对后请点“提交审核”，由别人审核后公开。"))
    return redirect(Disclosure.snippet_viewset.get_url_name("edit"), made.pk)


URLS = [
    path("supervision/annual/", index, name="supervision_annual"),
    path("supervision/annual/<int:pk>/", edit, name="supervision_annual_report"),
    path("supervision/annual/<int:pk>/send/", send, name="supervision_annual_send"),
]
