"""One policy and one interpretation: public, withdrawn (410 with the reason), or unknown to strangers (404)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openness.pagecache.keeping import keep

from ..models import Interpretation, Policy, PublicText
from ..rules.articles import contents, parse
from ..rules.card import shown
from ..services.card import is_checked
from ..services.files import attachments_of
from ..shown import POLICIES


@require_safe
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    found = Policy.objects.select_related("unit", "repealed_by", "card").filter(pk=pk).first()
    if answer := _gone(request, found):
        return answer
    assert found is not None  # noqa: S101
    answers = {name: request.GET[name] for name in ("a1", "a2", "a3") if request.GET.get(name) in ("y", "n")}
    page = render(request, "policies/policy.html", policy_context(found, answers))
    return page if answers else keep(page, POLICIES)


def policy_context(found: Policy, answers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the page of a policy shows: for the public, and for the staff before it is public."""
    parts, card = parse(found.text), getattr(found, "card", None)
    return {
        "policy": found, "parts": parts, "contents": contents(parts), "files": attachments_of(found.files),
        "card": card if is_checked(found, card) else None, "lines": shown(card.lines, parts) if card else [],
        "interpretations": found.interpretations.filter(live=True).defer("text").order_by("pk") if found.pk else [],
        "replaced": found.repeals.filter(live=True).defer("text", "sketch").order_by("pk") if found.pk else [],
        "fit": fit(found.questions, answers or {}), "asked": [(f"a{n}", one["ask"], (answers or {}).get(f"a{n}")) for n, one in enumerate(found.questions, 1)],
        "records": found.records.order_by("pk") if found.pk else [],
    }  # fmt: skip


def fit(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, str]) -> str:
    """谁家符合: yes, no, more (not all is answered), or "" where nobody asked. A "no" needs one answer only."""
    if not questions or not answers:
        return ""
    given = [answers.get(f"a{n}", "") for n in range(1, len(questions) + 1)]
    wrong = any(answer and (answer == "y") is not one["yes"] for answer, one in zip(given, questions, strict=True))
    return "no" if wrong else "yes" if all(given) else "more"


@require_safe
def interpretation(request: HttpRequest, pk: int) -> HttpResponse:
    found = Interpretation.objects.select_related("unit").filter(pk=pk).first()
    if answer := _gone(request, found):
        return answer
    assert found is not None  # noqa: S101
    context = {
        "text": found, "parts": parse(found.text), "files": attachments_of(found.files),
        "policies": found.policies.filter(live=True).defer("text", "sketch").order_by("pk"),
    }  # fmt: skip
    return keep(render(request, "policies/interpretation.html", context), POLICIES)


def _gone(request: HttpRequest, found: PublicText | None) -> HttpResponse | None:
    """The answer in place of what is not public any more; None where it is public. Raises: Http404."""
    if found is None or not (found.live or found.withdrawn_at):
        raise Http404(_("没有这一份"))
    return None if found.live else render(request, "policies/gone.html", {"text": found}, status=410)
