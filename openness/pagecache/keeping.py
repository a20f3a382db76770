"""How a view says that its page may be kept, and until when."""

from collections.abc import Sequence
from typing import TypeVar

from django.http import HttpResponseBase

from .topics import SITE

_NAME = "page_topics"
Answer = TypeVar("Answer", bound=HttpResponseBase)


def keep(response: Answer, *topics: str) -> Answer:
    """Keep this page for everybody until one of the topics changes, or the site, or the day."""
    setattr(response, _NAME, (SITE, *topics))
    return response


def topics_of(response: HttpResponseBase) -> Sequence[str]:
    """Empty where the view did not say so."""
    found: Sequence[str] = getattr(response, _NAME, ())
    return found
