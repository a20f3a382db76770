"""待我审核 and 待我签字: what waits for a person, the oldest first; the first screen of those who only sign or review."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from openness.disclosures.models import Disclosure, Signature
from openness.disclosures.services.waiting import REVIEW, SIGN, STEPS, in_full, waiting, waiting_for, with_details
from openness.units.admin.common import at_or_below, may_somewhere, page_of, place_asked
from openness.units.models import Role, Unit
from openness.units.policy import UnitPolicy
from openness.units.roles import roles_of

from ..services.reviews import usual_days

MINE = {SIGN: gettext_lazy("待我签字"), REVIEW: gettext_lazy("待我审核")}
OTHERS = {SIGN: gettext_lazy("等签字的"), REVIEW: gettext_lazy("等审核的")}
ICONS = {SIGN: "edit", REVIEW: "check"}
_MOST_COUNTED = 99
_ON_FRONT = 10
_MOST_PLACES = 200


def acts_at(user: Any, step: str) -> bool:
    return may_somewhere(user, *STEPS[step].may)


@require_admin_access
@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    return _list(request, REVIEW)


@require_admin_access
@require_safe
def sign_list(request: HttpRequest) -> HttpResponse:
    return _list(request, SIGN)


def _list(request: HttpRequest, step: str) -> HttpResponse:
    """Who acts at the step sees the own work; who only looks on sees what waits in the own places."""
    user, place, today = request.user, place_asked(request), timezone.localdate()
    mine = acts_at(user, step)
    if not mine and not may_somewhere(user, "disclosures.disclosure", "view"):
        raise PermissionDenied
    here = at_or_below(place)
    rows = waiting_for(user, step, here) if mine else waiting(step, _seen(user) & here)
    page = page_of(with_details(rows), request)
    page["rows"] = in_full(page["rows"], step, today)
    context = {
        "page": page, "step": step, "title": MINE[step] if mine else OTHERS[step], "icon": ICONS[step], "place": place,
        "places": _places(user), "usual": usual_days(today)[step], "done": _signed_by(user) if step == SIGN else (),
    }  # fmt: skip
    return render(request, "supervision/admin/reviews.html", context)


def _seen(user: Any) -> Q:
    policy = UnitPolicy(Disclosure)
    return Q() if user.is_superuser else roles_of(user).within(policy.roles(["view"]), "unit__")


def _places(user: Any) -> list[Unit]:
    """To choose from: the highest places that one covers, and those right below them."""
    rows = Unit.objects.filter(active=True)
    if not user.is_superuser:
        rows = rows.filter(roles_of(user).within(UnitPolicy(Disclosure).roles(["view"])))
    found = list(rows.order_by("depth", "path").only("code", "short_name", "depth", "path")[:_MOST_PLACES])
    deepest = found[0].depth + 1 if found else 0
    return [one for one in found if one.depth <= deepest] if len(found) > 1 else []


def _signed_by(user: Any) -> Any:
    return Signature.objects.filter(signer=user.pk).select_related("disclosure").defer("disclosure__body").order_by("-pk")[:20]


class WaitingMenuItem(MenuItem):
    """With the number that waits: one query a page, for those who act at the step."""

    def __init__(self, step: str, order: int) -> None:
        super().__init__(MINE[step], reverse(f"review_{step}"), name=f"waiting-{step}", icon_name=ICONS[step], order=order)
        self.step = step

    def is_shown(self, request: HttpRequest) -> bool:
        return not request.user.is_superuser and acts_at(request.user, self.step)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        number = waiting_for(request.user, self.step)[: _MOST_COUNTED + 1].count()
        if number:
            words = _("{n}") if number <= _MOST_COUNTED else _("{n} 以上")
            component.label = f"{self.label}（{words.format(n=min(number, _MOST_COUNTED))}）"
        return component


class OthersMenuItem(MenuItem):
    """For administrators, supervisors and auditors: what waits for others."""

    def __init__(self) -> None:
        super().__init__(OTHERS[REVIEW], reverse("review_review"), name="waiting-others", icon_name="time", order=140)

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser or roles_of(request.user).any_of({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR})


class WaitingPanel(Component):
    """On the front page of those who do more than review: the oldest ten, in place of Wagtail's list, which asks thirty times a text."""

    order = 30
    template_name = "supervision/admin/waiting_panel.html"

    def __init__(self, step: str) -> None:
        self.step = step

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user, today = parent_context["request"].user, timezone.localdate()
        rows = list(with_details(waiting_for(user, self.step))[:_ON_FRONT])
        return {"rows": in_full(rows, self.step, today), "step": self.step, "title": MINE[self.step], "usual": usual_days(today)[self.step]}

    def render_html(self, parent_context: dict[str, Any] | None = None) -> SafeString | str:
        context = parent_context or {}
        return super().render_html(context) if acts_at(context["request"].user, self.step) else ""


def own_panels(panels: list[Any]) -> None:
    """Ours in place of the two that list every running review of the site's texts."""
    replaced = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation"}
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in replaced] + [WaitingPanel(step) for step in STEPS]


def front_of(request: HttpRequest) -> HttpResponse | None:
    """The list itself, for those whose work it is and nothing else; an auditor begins at the figures."""
    roles = set(roles_of(request.user).paths)
    if not request.user.is_superuser and roles == {Role.AUDITOR}:
        return redirect("supervision_desk")
    if request.user.is_superuser or not roles or not roles <= {Role.SIGNER, Role.REVIEWER}:
        return None
    return _list(request, REVIEW if Role.REVIEWER in roles else SIGN)
