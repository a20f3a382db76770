"""Where requests come from, behind proxies too."""

from django.conf import settings
from django.http import HttpRequest


def came_from(request: HttpRequest) -> str:
    """Where the request comes from: the last address that a proxy of our own has written down, the connection's where there is none."""
    proxies = settings.PROXIES_IN_FRONT
    steps = [step.strip() for step in request.headers.get("X-Forwarded-For", "").split(",") if step.strip()]
    return steps[-proxies] if proxies and len(steps) >= proxies else str(request.META.get("REMOTE_ADDR", ""))
