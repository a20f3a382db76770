"""考核指标 in the admin: what is in force, where it comes from, and how to set a version from a day on."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from openness.units.models import Unit

from ..models import Indicator
from ..rules.parameters import Ages, Choice, ParameterError, Sentence
from ..services.evaluators import EVALUATORS, Evaluator
from ..services.indicators import SITE, IndicatorRefused, Rules, Version, areas_for, may_change, new_version, parameter_words, versions_of

_WEIGHTS = ("weight_county", "weight_township", "weight_village")
_PREFIX = "told_"


class VersionForm(forms.Form):
    """The fields of the evaluator's parameters stand between the name and the weights, in plain words."""

    name = forms.CharField(label=gettext_lazy("指标"), max_length=80)
    weight_county = forms.DecimalField(label=gettext_lazy("县级权重"), required=False, max_digits=5, decimal_places=2)
    weight_township = forms.DecimalField(label=gettext_lazy("乡级权重"), required=False, max_digits=5, decimal_places=2)
    weight_village = forms.DecimalField(
        label=gettext_lazy("村级权重"), required=False, max_digits=5, decimal_places=2,
        help_text=gettext_lazy("空着是这一级不看；0 是看但不计分。"),
    )  # fmt: skip
    veto = forms.BooleanField(label=gettext_lazy("单项否决"), required=False)
    retired = forms.BooleanField(label=gettext_lazy("从这天起不再用"), required=False)
    source = forms.CharField(label=gettext_lazy("依据"), max_length=300, help_text=gettext_lazy("哪份文件第几条，或者谁定的"))
    effective_from = forms.DateField(label=gettext_lazy("从哪天起用"), widget=AdminDateInput)

    def __init__(self, evaluator: Evaluator, before: Indicator, data: Any = None) -> None:
        self.evaluator = evaluator
        names = ("name", *_WEIGHTS, "veto", "retired", "source")
        initial = {name: getattr(before, name) for name in names} | {"effective_from": timezone.localdate()}
        super().__init__(data, initial=initial)
        for parameter in evaluator.parameters:
            text = parameter.write(before.parameters[parameter.name])
            self.fields[_PREFIX + parameter.name] = _field(parameter, before.parameters[parameter.name], text)
        told = [_PREFIX + parameter.name for parameter in evaluator.parameters]
        self.order_fields(["name", *told, *_WEIGHTS, "veto", "retired", "source", "effective_from"])

    def clean(self) -> dict[str, Any]:
        """Each parameter's own sentence stands beside its field."""
        data: dict[str, Any] = super().clean() or {}
        data["parameters"] = {}
        for parameter in self.evaluator.parameters:
            name = _PREFIX + parameter.name
            if name in data:
                try:
                    data["parameters"][parameter.name] = parameter.read(data[name])
                except ParameterError as error:
                    self.add_error(name, str(error))
        return data

    def version(self) -> Version:
        data = self.cleaned_data
        county, township, village = (data[name] for name in _WEIGHTS)
        return Version(
            name=data["name"], parameters=data["parameters"], weights=(county, township, village), veto=data["veto"],
            retired=data["retired"], source=data["source"], effective_from=data["effective_from"],
        )  # fmt: skip


def _field(parameter: Any, value: Any, text: str) -> forms.Field:
    if isinstance(parameter, Choice):
        return forms.ChoiceField(label=str(parameter.label), choices=list(parameter.choices.items()), initial=value)
    if isinstance(parameter, Ages):
        help_text = _("一行一个，名称和时间中间空一格，例如：社会救助 90天、政策文件 6个月。")
        return forms.CharField(label=str(parameter.label), initial=text, widget=forms.Textarea(attrs={"rows": 8}), help_text=help_text)
    widget = forms.Textarea(attrs={"rows": 3}) if isinstance(parameter, Sentence) else forms.TextInput
    return forms.CharField(label=str(parameter.label), initial=text, required=False, widget=widget)


def _area(request: HttpRequest) -> tuple[str, list[tuple[str, str]]]:
    """The area of the address, among those that the person may see."""
    areas = areas_for(request.user)
    first = areas[1][0] if len(areas) == 2 else SITE
    area = request.GET.get("area", first)
    if not request.user.has_perm("supervision.view_indicator") or area not in dict(areas):
        raise Http404
    return area, areas


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    area, areas = _area(request)
    rows = [(row, EVALUATORS[row.kind], parameter_words(row)) for row in Rules(timezone.localdate()).of_area(area)]
    coming = Indicator.objects.filter(area__in=[SITE, area], effective_from__gt=timezone.localdate())
    context = {"rows": rows, "area": area, "areas": areas, "coming": coming, "may_change": may_change(request.user, area)}
    return render(request, "supervision/admin/indicators.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """One indicator: its versions, and a form for the next one."""
    area, _areas = _area(request)
    versions = versions_of(key, {SITE, area})
    if not versions:
        raise Http404
    before = next((row for row in versions if row.area == area), versions[0])
    may = may_change(request.user, area)
    form = VersionForm(EVALUATORS[before.kind], before, request.POST or None) if may else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _made(request, form, before, area):
            return redirect(f"{reverse('supervision_indicators')}?area={area}")
    name = Unit.objects.filter(code=area).values_list("name", flat=True).first() if area else _("全站")
    context = {"form": form, "before": before, "versions": [(row, parameter_words(row)) for row in versions], "area": area, "place": name}
    return render(request, "supervision/admin/indicator.html", {**context, "evaluator": EVALUATORS[before.kind]})


def _made(request: HttpRequest, form: VersionForm, before: Indicator, area: str) -> bool:
    try:
        made = new_version(before, area, form.version(), request.user)
    except IndicatorRefused as refused:
        for sentence in refused.sentences:
            form.add_error(None, sentence)
        return False
    messages.success(request, _("“{name}”的新一版从 {day} 起用。").format(name=made.name, day=made.effective_from.isoformat()))
    return True


URLS = [
    path("supervision/indicators/", index, name="supervision_indicators"),
    path("supervision/indicators/<slug:key>/", change, name="supervision_indicator"),
]
