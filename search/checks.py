"""At boot: every public model is searched, or is on the list of those that deliberately are not."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from .registry import registry


@register(Tags.models)
def every_public_model_is_searched(app_configs: Any, **_options: Any) -> list[CheckMessage]:
    """A model with an address of its own (`get_absolute_url`), or a page, is public."""
    registered = {kind.model for kind in registry.kinds.values()}
    return [
        Error(
            f"{model._meta.label} has a public address, but search neither knows nor excludes it.",
            hint="Call search.registry.register() or .exclude() in the app's ready().",
            obj=model,
            id="search.E001",
        )
        for model in apps.get_models()
        if _is_public(model) and model not in registered and model not in registry.excluded
    ]


def _is_public(model: Any) -> bool:
    ours = model.__module__.split(".")[0] in settings.PROJECT_APPS
    return ours and (hasattr(model, "get_absolute_url") or any(base.__name__ == "AbstractPage" for base in model.__mro__))
