"""The reader's address: a pasted or chosen table in, rows and sentences out. Nothing is stored."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from openness.units.grants import roles_for
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..blocks.ledger import COLUMNS
from ..periods import is_period, parse_period
from ..services.local_files import uploaded_path
from ..services.paste import TABLE, Pasted, Read, read_pasted

_SIDES = {"income": "in", "expense": "out"}
MODEL = "disclosures.disclosure"


def writes(user: Any) -> bool:
    """Whether the person may write a disclosure for some unit."""
    return bool(user.is_superuser or any(roles_of(user).any_of(roles_for(MODEL, action)) for action in ("add", "change")))


@require_POST
def read_table(request: HttpRequest) -> JsonResponse:
    """{"rows", "columns", "caption", "said", "unread"}, or 400 with {"sentences"}."""
    if not writes(request.user):
        raise PermissionDenied
    try:
        return JsonResponse(read_posted(request, request.POST.get("what", "")).as_json())
    except Refused as refused:
        return JsonResponse({"sentences": refused.sentences}, status=400)


def read_posted(request: HttpRequest, what: str, prefix: str = "") -> Read:
    """Raises Refused where nothing can be read."""
    asked = request.POST
    known: dict[str, Any] = {
        "what": what if what in COLUMNS else TABLE,
        "year": _year(asked.get("period", "")),
        "side": _SIDES.get(asked.get(f"{prefix}kind", ""), ""),
    }
    if file := request.FILES.get(f"{prefix}file"):
        with uploaded_path(file) as path:
            return read_pasted(Pasted(file=path, **known))
    return read_pasted(Pasted(text=asked.get(f"{prefix}text", ""), html=asked.get(f"{prefix}html", ""), **known))


def _year(period: str) -> int | None:
    from django.utils import timezone

    found = parse_period(period) if is_period(period) else None
    return found.first.year if found else timezone.localdate().year
