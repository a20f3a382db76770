"""One version in the admin: its entries, what it changes, and, while it is a draft, what is done with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from openness.units.admin.common import may_for, page_of, tells_refusals
from openness.units.policy import UnitPolicy
from openness.units.refusal import Refused

from ..models import ListVersion, PowerEntry, PowerList
from ..services import drafts
from ..services.drafts import LABEL
from ..services.publish import publish
from .forms import DescribeForm, EntryForm
from .words import change_in_words


def _version_or_404(user: Any, pk: int) -> ListVersion:
    """Of a list that the person may see."""
    seen = UnitPolicy(PowerList).visible(user)
    return get_object_or_404(ListVersion.objects.select_related("power_list__unit"), pk=pk, power_list__in=seen)


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """`act` of a POST: describe, publish or discard."""
    found = _version_or_404(request.user, pk)
    unit = found.power_list.unit
    may_add, may_publish = may_for(request.user, LABEL, "add", unit), may_for(request.user, LABEL, "publish", unit)
    form = DescribeForm(request.POST if request.POST.get("act") == "describe" else None, instance=found)
    if request.method == "POST":
        done = _act(request, found, form, may_add=may_add, may_publish=may_publish)
        if done is not None:
            return done
    change = change_in_words(drafts.change_of(found)) if found.is_draft else None
    context = {
        "version": found, "list": found.power_list, "change": change, "form": form, "may_add": may_add and found.is_draft,
        "may_publish": may_publish and found.is_draft, "page": page_of(found.entries.order_by("position"), request),
        "before": drafts.newest(found.power_list) if found.is_draft else None, "own": found.author_id == request.user.pk,
    }  # fmt: skip
    return render(request, "powers/admin/version.html", context)


def _act(request: HttpRequest, found: ListVersion, form: DescribeForm, *, may_add: bool, may_publish: bool) -> HttpResponse | None:
    """None where the form has to be shown again."""
    act = request.POST.get("act", "")
    if not {"describe": may_add, "discard": may_add, "publish": may_publish}.get(act):
        raise Http404
    if act == "publish":
        publish(found, request.user)
        messages.success(request, _("公布了，群众可以看到。这一版从此不能再改。"))
        return redirect("power_version_admin", found.pk)
    if act == "discard":
        list_pk = found.power_list_id
        drafts.discard(found, request.user)
        messages.success(request, _("草稿删掉了。"))
        return redirect("power_list_admin", list_pk)
    if not form.is_valid():
        return None
    drafts.describe(found, request.user, **form.cleaned_data)
    messages.success(request, _("记下了。"))
    return redirect("power_version_admin", found.pk)


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest, pk: int) -> HttpResponse:
    return _entry(request, _version_or_404(request.user, pk), None)


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PowerEntry.objects.only("pk", "version_id"), pk=pk)
    version = _version_or_404(request.user, found.version_id)
    return _entry(request, version, get_object_or_404(version.entries, pk=pk))


def _entry(request: HttpRequest, version: ListVersion, found: PowerEntry | None) -> HttpResponse:
    """Of a draft, for those who write; what a rule refuses stands above what was typed."""
    if not version.is_draft or not may_for(request.user, LABEL, "add", version.power_list.unit):
        raise Http404
    if request.method == "POST" and request.POST.get("act") == "remove" and found is not None:
        drafts.remove_entry(found, request.user)
        messages.success(request, _("从草稿里去掉了：{name}").format(name=found.name))
        return redirect("power_version_admin", version.pk)
    form = EntryForm(request.POST or None, entry=found)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.save_entry(version, form.content(), request.user, found)
        except Refused as refused:
            for sentence in refused.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("记下了。"))
            return redirect("power_version_admin", version.pk)
    return render(request, "powers/admin/entry.html", {"version": version, "list": version.power_list, "entry": found, "form": form})
