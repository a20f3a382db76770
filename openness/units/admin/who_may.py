"""谁能做什么: the table of rights in plain words, made from GRANTS: what stands here is what the site does."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from ..act_words import ACTS, VERBS
from ..grants import GRANTS, SITE_WIDE
from ..models import Role


@dataclass(frozen=True)
class Row:
    """One act in words, and for each role whether it may."""

    words: str
    may: list[bool]


@dataclass(frozen=True)
class Group:
    name: str
    site_wide: bool
    rows: list[Row]


def groups() -> list[Group]:
    """Every line of GRANTS, in its order; the acts that change something before looking at it."""
    return [Group(_thing(label), label in SITE_WIDE, _rows(label, actions)) for label, actions in GRANTS.items()]


def _rows(label: str, actions: dict[str, frozenset[str]]) -> list[Row]:
    return [Row(act_words(label, action), [role in roles for role in Role.values]) for action, roles in actions.items()]


def act_words(label: str, action: str) -> str:
    """In the table's words, else made of the verb and the name of the thing."""
    known = ACTS.get((label, action))
    return str(known or VERBS.get(action, action)).format(thing=_thing(label))


def _thing(label: str) -> str:
    return str(apps.get_model(label)._meta.verbose_name)


@require_admin_access
@require_safe
def who_may(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"groups": groups(), "roles": [role.label for role in Role]}
    return render(request, "units/admin/who_may.html", context)
