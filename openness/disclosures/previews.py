"""Previews in the editor that other apps draw: each names its template and what the template needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Disclosure


@dataclass(frozen=True)
class Preview:
    template: str
    context: Callable[["Disclosure"], dict[str, Any]]


_PREVIEWS: dict[str, Preview] = {}


def register_preview(mode: str, preview: Preview) -> None:
    """For a mode of `Disclosure.preview_modes`, when the app that draws it is ready."""
    _PREVIEWS[mode] = preview


def preview_of(mode: str) -> Preview | None:
    return _PREVIEWS.get(mode)
