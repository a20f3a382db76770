"""POST /api/policies/: a department's program sends a policy; docs/policies-api.yaml describes it."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from openness.units.refusal import Refused

from ..models import DepartmentToken
from ..services.sending import Invalid, take_in
from ..services.tokens import TooOften, count_request, token_of

_SCHEME = "Bearer "


@csrf_exempt
def policies(request: HttpRequest) -> JsonResponse:
    """No session counts here, only the key of the department."""
    if request.method != "POST":
        return _no({"": [_("这里只收 POST。")]}, 405, Allow="POST")
    token = token_of(request.headers.get("Authorization", "").removeprefix(_SCHEME).strip())
    if token is None:
        return _no({"Authorization": [_("密钥不对，或者已经停用。请找县里的管理员。")]}, 401, **{"WWW-Authenticate": "Bearer"})
    if request.content_type != "application/json":
        return _no({"Content-Type": [_("要是 application/json。")]}, 415)
    return _taken_in(request, token)


def _taken_in(request: HttpRequest, token: DepartmentToken) -> JsonResponse:
    try:
        count_request(token)
        answer = take_in(token, request.body, request.headers.get("Idempotency-Key", ""))
    except Invalid as wrong:
        return _no(wrong.faults, wrong.status)
    except TooOften as refused:
        return _no({"": list(refused.sentences)}, 429, **{"Retry-After": "3600"})
    except Refused as refused:
        return _no({"file": list(refused.sentences)}, 400)
    return _said(answer.body, answer.status)


def _no(faults: dict[str, list[str]], status: int, **headers: str) -> JsonResponse:
    response = _said({"errors": faults}, status)
    for name, value in headers.items():
        response[name] = value
    return response


def _said(body: dict[str, Any], status: int) -> JsonResponse:
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
