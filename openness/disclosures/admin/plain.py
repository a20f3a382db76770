"""The form without scripts: the same draft in plain fields. Documents are imported here too, and it is quick on a slow phone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.actions.edit import EditAction, EditPermissionError
from wagtail.admin import messages
from wagtail.models import WorkflowState
from wagtail.permissions import policy_registry

from catalog.models import Item
from openness.pagecache.topics import changing
from openness.units.models import Unit

from ..forms import units_for
from ..models import Disclosure
from ..periods import is_period, parse_period, period_label
from ..rules import issues_of, warnings_of
from ..services.begin import begin
from ..services.fill import Filled, fill, parts_of
from ..services.masking import mask_draft
from ..services.standing import standing_of
from ..services.summary import summary_of
from ..tags import TagsField, joined
from .masking import tell_masked
from .paste import MODEL, writes

_MOST_SAID = 12


def item_asked(user: Any, asked: Any) -> tuple[Unit, Item] | None:
    """The unit and item that an address names, where the person may begin a text for them: ?unit=220204101201&item=12."""
    unit = units_for(user, MODEL, "add").filter(code=asked.get("unit", "")).first()
    number = asked.get("item", "")
    known = unit and number.isascii() and number.isdecimal() and len(number) < 10
    item = Item.objects.for_unit(unit.code, unit.tier, unit.kind).filter(pk=number).first() if unit and known else None
    return (unit, item) if unit and item else None


class HeadForm(forms.ModelForm[Disclosure]):
    tags = TagsField()

    class Meta:
        model = Disclosure
        fields = ("title", "summary", "formed_on", "notice_from", "notice_until", "change_note")
        widgets = {name: forms.DateInput({"type": "date"}, format="%Y-%m-%d") for name in ("formed_on", "notice_from", "notice_until")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].initial = joined(self.instance.tags.all())

    def save_tags(self) -> None:
        """Into the text that is being written; a word that nobody used before is on no public page yet."""
        with changing(()):
            self.instance.tags.set(self.cleaned_data["tags"])


class ChooseForm(forms.Form):
    """Which item of which unit, where the address does not say."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("公开单位"), to_field_name="code", empty_label=None)
    item = forms.ModelChoiceField(Item.objects.none(), label=gettext_lazy("公开事项"))

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_for(user, MODEL, "add").filter(level__gte=3).order_by("path")
        first = units.first()
        unit_field, item_field = self.fields["unit"], self.fields["item"]
        unit_field.queryset = units[:500]  # type: ignore[attr-defined]
        if first:
            items = Item.objects.for_unit(first.code, first.tier, first.kind).order_by("field__position", "position")
            item_field.queryset = items  # type: ignore[attr-defined]


class PlainNew(View):
    """Begin a draft: choose, or come with an address that has chosen."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not writes(request.user):
            raise PermissionDenied
        found = item_asked(request.user, request.GET)
        period = request.GET.get("period", "")
        context: dict[str, Any] = {"found": found, "period": period, "period_label": period_label(period) if is_period(period) else ""}
        if found is None:
            context["form"] = ChooseForm(request.user)
        return render(request, "disclosures/admin/plain_new.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        found = item_asked(request.user, request.POST)
        if found is None:
            messages.error(request, _("请先选公开单位和公开事项。"))
            return redirect("disclosure_plain_new")
        period = request.POST.get("period", "")
        made = begin(*found, period if is_period(period) else "", timezone.localdate())
        made.live, made.author_id = False, request.user.pk
        made.save()
        made.save_revision(user=request.user, log_action=True)
        return redirect("disclosure_plain", made.pk)


class PlainEdit(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What the person may not see does not exist for them."""
        policy = policy_registry.get_by_type(Disclosure)
        found = policy.visible(request.user).select_related("unit", "item__field").filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        if not policy.user_has_permission_for_instance(request.user, "change", found):
            raise PermissionDenied
        self.draft: Disclosure = found.get_latest_revision_as_object()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(HeadForm(instance=self.draft), Filled())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.POST.get("revision") != str(self.draft.latest_revision_id or ""):
            stale = Filled(refused=[_("这一条刚在别处改过。下面是你刚写的，还没有存；请核对以后再存一次。")])
            return self._page(HeadForm(request.POST, instance=self.draft), stale, request.POST)
        form = HeadForm(request.POST, instance=self.draft)
        filled = fill(self.draft, request.POST, request.FILES, request.user, _year(self.draft.period))
        if not form.is_valid() or not self._saved(form, filled):
            return self._page(form, filled, request.POST)
        if filled.refused:
            return self._page(form, filled, request.POST)
        self._tell(filled)
        if request.POST.get("act") == "mask":
            tell_masked(request, mask_draft(self.draft, request.user))
            return redirect("disclosure_plain", pk)
        if request.POST.get("act") == "submit" and not filled.unread:
            return self._submit()
        messages.success(request, _("草稿存好了。"))
        return redirect("disclosure_plain", pk)

    def _saved(self, form: HeadForm, filled: Filled) -> bool:
        form.save_tags()
        try:
            EditAction(self.draft, user=self.request.user, clean=False).execute()
        except EditPermissionError:
            filled.refused.append(_("这一条正在审核或被锁住，现在不能改。"))
            return False
        return True

    def _submit(self) -> HttpResponse:
        faults = list(dict.fromkeys([*body_faults(self.draft), *_issues(self.draft)]))
        if faults:
            for sentence in faults[:_MOST_SAID]:
                messages.error(self.request, sentence)
            messages.warning(self.request, _("草稿存好了，还没有交。改好上面这些再交。"))
            return redirect("disclosure_plain", self.draft.pk)
        for warning in warnings_of(self.draft):
            messages.warning(self.request, warning.sentence)
        send_for_review(self.draft, self.request.user)
        messages.success(self.request, _("交上去了，等审核。"))
        return redirect(reverse("wagtailadmin_home"))

    def _tell(self, filled: Filled) -> None:
        for sentence in filled.said[:_MOST_SAID]:
            messages.info(self.request, sentence)
        for sentence in filled.unread[:_MOST_SAID]:
            messages.warning(self.request, sentence)

    def _page(self, form: Any, filled: Filled, posted: Any = None) -> HttpResponse:
        context = {
            "form": form,
            "draft": self.draft,
            "period_label": self.draft.period_label,
            "parts": parts_of(self.draft, posted),
            "refused": [*filled.refused, *filled.unread] if posted is not None else [],
            "revision": self.draft.latest_revision_id or "",
            "standing": standing_of(self.draft),
            "summary": summary_of(self.draft, self.request.user) if posted is None else None,
        }
        return render(self.request, "disclosures/admin/plain.html", context, status=200 if not filled.refused else 422)


def body_faults(draft: Disclosure) -> Iterable[str]:
    """What the blocks themselves say against being complete, in sentences."""
    body: Any = Disclosure._meta.get_field("body")
    try:
        body.stream_block.clean(draft.body)
    except ValidationError as error:
        yield from _sentences(error)


def _sentences(error: Any) -> Iterable[str]:
    inner = getattr(error, "block_errors", None)
    if inner:
        for one in inner.values() if isinstance(inner, dict) else inner:
            if one is not None:
                yield from _sentences(one)
    elif getattr(error, "messages", None):
        yield from error.messages


def _issues(draft: Disclosure) -> Iterable[str]:
    return [issue.sentence for issue in issues_of(draft, correcting=bool(draft.first_published_at))]


def send_for_review(draft: Disclosure, user: Any) -> None:
    """As Wagtail's own button does."""
    state = draft.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
        return
    workflow = draft.get_workflow()
    if workflow is not None:
        workflow.start(draft, user)


def _year(period: str) -> int:
    found = parse_period(period)
    return found.first.year if found else timezone.localdate().year
