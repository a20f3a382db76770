"""抽查: the list, a new one, its sample and scores, and the sheet of one sampled text."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openness.units.admin.common import may_for, may_somewhere, needs, page_of, seen_or_404, tells_refusals
from openness.units.policy import UnitPolicy

from ..models import Checklist, LedgerField, Sample, SpotCheck
from ..services.spot_check import MOST, NO, NOT_APPLICABLE, YES, Population, begin, judge_sample, same_sample, score_of, scores_by_unit
from .orders import SupervisedUnitField

LABEL = "supervision.spotcheck"
CHOICES = ((YES, gettext_lazy("合格")), (NO, gettext_lazy("不合格")), (NOT_APPLICABLE, gettext_lazy("不适用")))


@require_safe
@needs(LABEL, "view")
def spot_checks(request: HttpRequest) -> HttpResponse:
    rows = UnitPolicy(SpotCheck).visible(request.user).select_related("unit").order_by("-pk")
    context = {"page": page_of(rows, request), "may_add": may_somewhere(request.user, LABEL, "add")}
    return render(request, "supervision/admin/spot_checks.html", context)


class SpotCheckForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    first = forms.DateField(label=gettext_lazy("公开时间从"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=gettext_lazy("到"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    field = forms.ModelChoiceField(
        LedgerField.objects.order_by("name"), label=gettext_lazy("领域"), required=False, empty_label=gettext_lazy("全部领域")
    )
    size = forms.IntegerField(label=gettext_lazy("抽几条"), min_value=1, max_value=MOST, initial=20)
    checklist = forms.ModelChoiceField(Checklist.objects.filter(active=True), label=gettext_lazy("抽查表"), empty_label=None)
    seed = forms.CharField(
        label=gettext_lazy("种子"), max_length=40, help_text=gettext_lazy("同一个种子从同样的内容里总是抽到同样的；可以当众定一个")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = SupervisedUnitField(user, label=_("查哪里"), help_text=_("区划代码，例如 220204；连同下面的乡镇和村"))
        self.order_fields(["name", "unit"])


@needs(LABEL, "add")
@tells_refusals
def new_spot_check(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    initial = {"seed": secrets.token_hex(4), "first": today.replace(month=1, day=1), "last": today}
    form = SpotCheckForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        field = said["field"].name if said["field"] else ""
        population = Population(said["unit"].code, said["first"].isoformat(), said["last"].isoformat(), field)
        made = begin(request.user, said["name"], population, said["size"], said["seed"], said["checklist"])
        return redirect("supervision_spot_check", pk=made.pk)
    return render(request, "supervision/admin/new_spot_check.html", {"form": form})


@require_safe
def spot_check(request: HttpRequest, pk: int) -> HttpResponse:
    check = seen_or_404(SpotCheck, request.user, pk)
    samples = check.samples.select_related("disclosure", "unit").defer("disclosure__body")
    context = {
        "check": check, "samples": samples, "score": score_of(check), "units": scores_by_unit(check), "verified": "verify" in request.GET and ("same" if same_sample(check) else "changed"),
        "may_judge": may_for(request.user, LABEL, "change", check.unit),
    }  # fmt: skip
    return render(request, "supervision/admin/spot_check.html", context)


@tells_refusals
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    row = Sample.objects.select_related("check_of__unit", "disclosure", "unit").filter(pk=pk).first()
    if row is None or not may_for(request.user, LABEL, "change", row.check_of.unit):
        raise Http404
    if request.method == "POST":
        answers = {str(n): request.POST.get(f"q{n}", "") for n in range(len(row.check_of.questions))}
        judge_sample(row, request.user, answers, request.POST.get("note", "")[:500])
        messages.success(request, _("得分 {score}。").format(score=row.score))
        return redirect("supervision_spot_check", pk=row.check_of_id)
    questions = [(str(n), question, row.answers.get(str(n), "")) for n, question in enumerate(row.check_of.questions)]
    return render(request, "supervision/admin/sample.html", {"sample": row, "questions": questions, "choices": CHOICES})
