"""口头留言, and requests that came by hand or by post: a clerk writes them down."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.units.admin.common import needs, within
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.refusal import Refused

from ..models import Kind, Source
from ..rules.kinds import KINDS
from ..rules.results import APPLICANTS
from ..rules.steps import SUBMISSION
from ..services.receive import Sent, Wanted, receive_for
from ..services.words import plain_phone

_KINDS = [(Kind.MESSAGE, Kind.MESSAGE.label), (Kind.REQUEST, Kind.REQUEST.label)]
_MOST_UNITS = 300


class EnterForm(forms.Form):
    unit = forms.ChoiceField(label=gettext_lazy("给哪个单位"))
    kind = forms.ChoiceField(label=gettext_lazy("是什么"), choices=_KINDS)
    source = forms.ChoiceField(label=gettext_lazy("怎么来的"), choices=[one for one in Source.choices if one[0] != Source.WEB])
    on = forms.DateField(label=gettext_lazy("哪天收到"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    text = forms.CharField(
        label=gettext_lazy("他说什么"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("照他的意思写，念给他听一遍。"),
    )
    name = forms.CharField(label=gettext_lazy("怎么称呼他"), max_length=40)
    phone = forms.CharField(label=gettext_lazy("他的电话"), max_length=20)
    wants_public = forms.BooleanField(label=gettext_lazy("他同意公开（称呼和电话不公开）"), required=False)
    applicant = forms.ChoiceField(
        label=gettext_lazy("申请人类别"), choices=APPLICANTS, required=False, help_text=gettext_lazy("只有信息公开申请要选。")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Unit.objects.filter(within(user, SUBMISSION, "add", ""), active=True, level__gte=Level.COUNTY).order_by("depth", "path")
        self.units = {unit.code: unit for unit in mine[:_MOST_UNITS]}
        self.fields["unit"].choices = [(code, str(unit)) for code, unit in self.units.items()]  # type: ignore[attr-defined]

        if not any(unit.level in KINDS[Kind.REQUEST].levels for unit in self.units.values()):
            del self.fields["kind"], self.fields["applicant"]  # a village is asked for no government information

    def clean_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]

    def clean_phone(self) -> str:
        phone = plain_phone(self.cleaned_data["phone"])
        if not phone:
            raise forms.ValidationError(_("请写 11 位手机号，或者带区号的座机号。"))
        return phone


@needs(SUBMISSION, "add")
def enter(request: HttpRequest) -> HttpResponse:
    form = EnterForm(request.POST or None, user=request.user, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            row = receive_for(_sent(form.cleaned_data), request.user)
        except Refused as refused:
            form.add_error(None, forms.ValidationError(list(refused.sentences)))
        else:
            messages.success(request, _("记下了，编号 {number}，请告诉他。").format(number=row.number))
            return redirect("submission", pk=row.pk)
    return render(request, "participation/admin/enter.html", {"form": form})


def _sent(data: dict[str, Any]) -> Sent:
    return Sent(
        kind=Kind(data.get("kind", Kind.MESSAGE)), unit=data["unit"], text=data["text"].strip(), name=data["name"], phone=data["phone"], on=data["on"],
        wants_public=data["wants_public"], source=Source(data["source"]), wanted=Wanted(applicant=data.get("applicant") or "person"),
    )  # fmt: skip
