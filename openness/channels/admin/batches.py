"""一文多村: choose villages and rows, look at what each gets, send; later see how far each is, or take all back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import require_admin_access

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.disclosures.services.local_files import uploaded_path
from openness.disclosures.services.paste import Pasted, cells_of
from openness.disclosures.services.standing import standings
from openness.disclosures.sheets import Cells, to_text
from openness.units.admin.common import may_for, needs, page_of, seen_or_404, tells_refusals, within
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.refusal import Refused

from ..models import Batch, BatchText
from ..services.batches import (
    LABEL,
    Notice,
    faults_of,
    items_for,
    send_out,
    take_back,
    text_for,
    touched,
    villages_of,
    with_numbers,
    with_text_already,
)
from ..services.village_rows import VillageRows, cut_by_village

_SOURCES = 20
_ROWS_SHOWN = 5


class NoticeForm(forms.Form):
    """Which item of the villages, which villages, and rows by file or from the clipboard."""

    item = forms.ModelChoiceField(
        Item.objects.none(), label=gettext_lazy("作为各村的哪一项"),
        error_messages={"required": gettext_lazy("请选公开事项。"), "invalid_choice": gettext_lazy("这一项不归村里公开，请从给出的里面选。")},
    )  # fmt: skip
    villages = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=gettext_lazy("发给哪些村"), to_field_name="code", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请选发给哪些村。"), "invalid_choice": gettext_lazy("只能发给本镇的村。")},
    )  # fmt: skip
    table = forms.FileField(
        label=gettext_lazy("分村的表格（可以没有）"), required=False,
        help_text=gettext_lazy("第一列写村名或者区划代码，每个村只得到自己的行。Excel、WPS 表格、csv 都行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.csv,.txt"}),
    )  # fmt: skip
    rows = forms.CharField(label=gettext_lazy("或者把表格粘贴在这里"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, source: Disclosure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items, villages = items_for(source.unit), villages_of(source.unit)
        item, chosen = self.fields["item"], self.fields["villages"]
        item.queryset, chosen.queryset = items, villages  # type: ignore[attr-defined]
        item.initial = next((one.pk for one in items if one.key == source.item.key), None)
        chosen.initial = [one.code for one in villages]
        self.all_villages: list[Unit] = list(villages)

    def cells(self) -> Cells:
        """Raises Refused where the file or the pasted words are no table."""
        upload, pasted = self.cleaned_data["table"], self.cleaned_data["rows"]
        if upload:
            with uploaded_path(upload) as path:
                return cells_of(Pasted("table", file=path))
        return cells_of(Pasted("table", text=pasted)) if pasted.strip() else []


@require_safe
@needs(LABEL, "view")
def batches(request: HttpRequest) -> HttpResponse:
    rows = Batch.objects.filter(within(request.user, LABEL, "view")).select_related("unit", "item")
    towns = Unit.objects.filter(within(request.user, LABEL, "add", ""), level=Level.TOWNSHIP)
    own = Disclosure.objects.filter(unit__in=towns).select_related("unit").only("pk", "title", "live", "unit__short_name")
    context = {"page": page_of(with_numbers(rows), request), "sources": own.order_by("-pk")[:_SOURCES], "may_add": towns.exists()}
    return render(request, "channels/admin/batches.html", context)


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; then what each village gets; then the drafts. Nothing is kept in between but what the page itself carries."""
    row = seen_or_404(Disclosure, request.user, pk, "item__field")
    if row.unit.level != Level.TOWNSHIP or not may_for(request.user, LABEL, "add", row.unit):
        raise Http404
    source = row.get_latest_revision_as_object()
    if request.method != "POST":
        return _form(request, source, NoticeForm(source))
    form = NoticeForm(source, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, source, form)
    try:
        return _look_or_send(request, source, form)
    except Refused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return _form(request, source, form)


def _look_or_send(request: HttpRequest, source: Disclosure, form: NoticeForm) -> HttpResponse:
    cells = form.cells()
    notice = _notice(source, form, cells)
    if faults := faults_of(notice):
        raise Refused(*faults)
    if request.POST.get("step") != "send":
        return _look(request, notice, cells)
    if request.POST.get("seen") != str(source.latest_revision_id):
        raise Refused(_("原文刚才改过，请再看一遍，再发。"))
    made = send_out(notice, request.user)
    messages.success(request, _("发好了，{n} 个村各有一份草稿。").format(n=len(notice.villages)))
    return redirect("batch", made.pk)


def _notice(source: Disclosure, form: NoticeForm, cells: Cells) -> Notice:
    villages = list(form.cleaned_data["villages"])
    chosen = {one.pk for one in villages}
    rows = cut_by_village(cells, villages, [one for one in form.all_villages if one.pk not in chosen]) if cells else VillageRows()
    return Notice(source, form.cleaned_data["item"], villages, rows)


def _form(request: HttpRequest, source: Disclosure, form: NoticeForm) -> HttpResponse:
    return render(request, "channels/admin/batch_new.html", {"source": source, "form": form})


def _look(request: HttpRequest, notice: Notice, cells: Cells) -> HttpResponse:
    already = with_text_already(notice)
    context = {
        "source": notice.source, "item": notice.item, "columns": notice.rows.columns, "seen": notice.source.latest_revision_id,
        "pasted": to_text(cells[0], cells[1:]) if cells else "", "villages": [_shown(notice, one, already) for one in notice.villages],
        "with_rows": bool(notice.rows.rows), "without": [one for one in notice.villages if notice.rows.rows and one.pk not in notice.rows.rows],
    }  # fmt: skip
    return render(request, "channels/admin/batch_look.html", context)


def _shown(notice: Notice, village: Unit, already: set[int]) -> dict[str, Any]:
    rows: Sequence[Any] = notice.rows.rows.get(village.pk, ())
    return {
        "unit": village, "title": text_for(notice, village).title, "rows": rows[:_ROWS_SHOWN], "number": len(rows),
        "more": max(len(rows) - _ROWS_SHOWN, 0), "already": village.pk in already,
    }  # fmt: skip


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """How far each village is; POST takes all back."""
    row = seen_or_404(Batch, request.user, pk, "item", "source")
    if request.method == "POST":
        take_back(row, request.user)
        messages.success(request, _("收回了，各村的草稿删掉了。"))
        return redirect("batch", pk)
    texts = list(
        row.texts.select_related("village", "disclosure__unit", "disclosure__item__field")
        .defer("disclosure__body")
        .order_by("village__path")
    )
    may_add = may_for(request.user, LABEL, "add", row.unit)
    context = {
        "batch": row, "rows": _standings(texts), "touched": [] if row.undone_at else touched(row), "may_add": may_add,
    }  # fmt: skip
    return render(request, "channels/admin/batch.html", context)


def _standings(texts: Sequence[BatchText]) -> list[tuple[BatchText, str]]:
    on_their_way = standings(one.disclosure for one in texts if one.disclosure is not None)
    return [(one, _standing(one, on_their_way)) for one in texts]


def _standing(one: BatchText, on_their_way: Any) -> str:
    if one.disclosure is None:
        return _("删掉了")
    if one.disclosure.live:
        return _("已公开")
    standing = on_their_way.get(one.disclosure_id)
    return standing.words if standing else _("草稿，等村里看")
