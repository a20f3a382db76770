"""Settings that would make the gateway unsafe or useless stop the start."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def gateway_is_signed(app_configs: Any, **_kwargs: Any) -> list[Error]:
    url, found = settings.SUPERVISION_WEBHOOK_URL, []
    if url and not url.startswith(("https://", "http://")):
        found.append(Error("SUPERVISION_WEBHOOK_URL must be an http(s) address", id="supervision.E001"))
    if url and not settings.SUPERVISION_WEBHOOK_SECRET:
        found.append(Error("SUPERVISION_WEBHOOK_URL is set without SUPERVISION_WEBHOOK_SECRET", id="supervision.E002"))
    if settings.SUPERVISION_CHECK_LINKS not in ("", "public", "all"):
        found.append(Error("SUPERVISION_CHECK_LINKS is empty, public or all", id="supervision.E003"))
    return found
