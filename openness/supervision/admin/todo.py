"""本期待公开: the clerk's first screen, and the page that says 本期无此事项."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import HomeView

from openness.channels.services.batches import from_town
from openness.channels.services.walls import to_put_up
from openness.disclosures.forms import units_for
from openness.disclosures.services.waiting import SIGN
from openness.units.admin.common import needs, tells_refusals
from openness.units.models import Role, Unit
from openness.units.roles import roles_of

from ..models import State, Urging
from ..services.declare import declare_nil
from ..services.reviews import usual_days
from ..services.todo import GROUPS, LATER, WAITING, Task, Todo, todo_of
from .cell import POLICY, REASONS
from .reviews import front_of
from .urgings import to_answer

_MODEL = "disclosures.disclosure"
_MOST_URGINGS = 200
_MOST_TO_HANG, _MOST_FROM_TOWN = 5, 20
CLERKS_MENU = ("todo", "mine", "messages", "policies", "imports", "handbook")
SIGNERS_MENU = ("waiting-sign", "mine", "delegations", "handbook")
WAGTAILS_HELP = "help"


def own_units(user: Any) -> QuerySet[Unit]:
    """The units that a person writes for, those below included, the highest first."""
    units: QuerySet[Unit] = units_for(user, _MODEL, "add").filter(level__gte=3).order_by("depth", "path")
    return units


@require_safe
@needs(_MODEL, "add")
def todo(request: HttpRequest) -> HttpResponse:
    mine = own_units(request.user)
    code = request.GET.get("unit", "")
    unit = mine.filter(code=code).first() if code else mine.first()
    if unit is None:
        raise Http404
    found = todo_of(unit, timezone.localdate())
    context = {
        "todo": found, "unit": unit, "units": _choices(mine, unit), "groups": _shown(found),
        "from_town": from_town(unit)[:_MOST_FROM_TOWN],
        "to_hang": to_put_up(unit, timezone.localdate())[:_MOST_TO_HANG],
        "urgings": to_answer(request.user).filter(pk__in=_urgings_of(unit))[:5],
        "quiet": [(name, _cards(found, name)) for name in (LATER, WAITING) if found.groups[name]], "names": GROUPS,
    }  # fmt: skip
    return render(request, "supervision/admin/todo.html", context)


def _urgings_of(unit: Unit) -> list[int]:
    """The latest of the unit, by their keys: joined to the cells at once, all blanks of a province would be read for them."""
    return list(Urging.objects.filter(unit=unit).order_by("-pk").values_list("pk", flat=True)[:_MOST_URGINGS])


def _choices(mine: QuerySet[Unit], unit: Unit) -> list[Unit]:
    """The units next to this one among those one writes for: a township with its villages. One alone is no choice."""
    base = unit if not unit.is_leaf_level else unit.get_parent()
    rows = list(mine.filter(path__startswith=base.path, depth__lte=base.depth + 1))
    return rows if len(rows) > 1 else []


def _shown(found: Todo) -> list[tuple[str, Any, list[dict[str, Any]]]]:
    return [(name, words, _cards(found, name)) for name, words in GROUPS.items() if found.groups[name] and name not in (LATER, WAITING)]


def _cards(found: Todo, name: str) -> list[dict[str, Any]]:
    usual = usual_days(found.today) if name == WAITING else {}
    return [_card(found, task, usual) for task in found.groups[name]]


def _card(found: Todo, task: Task, usual: Mapping[str, int]) -> dict[str, Any]:
    cell = task.cell
    step = task.draft.standing.step if task.draft and task.draft.standing else ""
    return {
        "usual": usual.get(step, ""),
        "paper": reverse("review_text", args=[task.draft.disclosure.pk]) if task.draft and step == SIGN else "",
        "task": task,
        "cell": cell,
        "words": cell.words(found.today) if cell else "",
        "write": _address(found.unit, task),
        "nil": reverse("todo_nil", args=[cell.pk]) if cell and cell.period and not task.draft else "",
        "last": reverse("disclosure", args=[task.last]) if task.last else "",
    }


def _address(unit: Unit, task: Task) -> str:
    """Where its form is: the draft that exists, else a new one, half filled."""
    if task.draft:
        return reverse("wagtailsnippets_disclosures_disclosure:edit", args=[task.draft.disclosure.pk])
    asked = {"unit": unit.code} | ({"item": task.cell.item_id, "period": task.cell.period} if task.cell else {})
    return f"{reverse('wagtailsnippets_disclosures_disclosure:add')}?{urlencode(asked)}"


@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def nil(request: HttpRequest, pk: int) -> HttpResponse:
    """Two taps: the commonest reason is chosen already."""
    may = POLICY.instances_user_has_permission_for(request.user, "declare")
    cell = may.filter(pk=pk).select_related("unit", "item", "duty").defer("item__raw", "item__elements").first()
    if cell is None:
        raise Http404
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        declare_nil(cell, request.user, request.POST.get("other", "").strip()[:300] if reason == "other" else reason[:300])
        messages.success(request, _("已报：{period}没有“{item}”。要改可以撤回。").format(period=cell.period_label, item=cell.item.name))
        return redirect(f"{reverse('todo')}?unit={cell.unit.code}")
    return render(request, "supervision/admin/nil.html", {"cell": cell, "reasons": REASONS, "open": cell.state == State.OPEN})


class TodoMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("本期待公开"), reverse("todo"), name="todo", icon_name="list-ul", order=1)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(roles_of(request.user).any_of({Role.CLERK}))


class MineMenuItem(MenuItem):
    """我发过的: the list of disclosures in the clerk's words; the signer's: 本村公开内容."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("我发过的"), reverse("wagtailsnippets_disclosures_disclosure:list"), name="mine", icon_name="doc-full", order=2
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return only_a_clerk(request.user) or only_a_signer(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        if only_a_signer(request.user):
            component.label = _("全部公开内容")
        return component


class HandbookMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("帮助"), reverse("handbook"), name="handbook", icon_name="help", order=9000)


def only_a_clerk(user: Any) -> bool:
    """A person whose work is this list and nothing else."""
    return not user.is_superuser and set(roles_of(user).paths) == {Role.CLERK}


def only_a_signer(user: Any) -> bool:
    return not user.is_superuser and set(roles_of(user).paths) == {Role.SIGNER}


@require_admin_access
def front(request: HttpRequest) -> HttpResponse:
    """/admin/: the own list for those who only write, sign or review, Wagtail's front page for everybody else."""
    if only_a_clerk(request.user):
        return redirect("todo")
    if (own := front_of(request)) is not None:
        return own
    answer: HttpResponse = HomeView.as_view()(request)
    return answer


def cut_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Four entries for those who only write or only sign; whatever else they need is on their list."""
    names = CLERKS_MENU if only_a_clerk(request.user) else SIGNERS_MENU if only_a_signer(request.user) else None
    if names is not None:
        kept = {item.name: item for item in items}
        items[:] = [kept[name] for name in names if name in kept]
    elif not request.user.is_superuser:
        items[:] = [item for item in items if item.name != WAGTAILS_HELP]  # about Wagtail, and called as ours is
