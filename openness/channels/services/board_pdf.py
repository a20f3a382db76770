"""The sheet as PDF: which files it may take along, and by what a browser knows that nothing changed."""

import hashlib
import logging
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.template.loader import render_to_string
from django.templatetags.static import static
from wagtail.images.shortcuts import get_rendition_or_not_found

from openness.disclosures.models import Disclosure
from openness.disclosures.services.photo_sizes import JPEG
from openness.disclosures.services.receipts import files_of

from ..drawing.job import Job
from ..drawing.outside import NotDrawn, draw_outside
from ..papers import SMALLEST, Paper
from .board import TEMPLATE, TIGHT, board_of

logger = logging.getLogger(__name__)
_MOST_PHOTOS = 40
_NUMBERED = "css/paper/numbered.css"
_TYPE = "{type}"
_KEPT_SECONDS = 600
_LONG = 80  # lines


class BoardPdf:
    """One public text on one paper. Cheap until `draw` is called: the page of words is made, nothing is laid out."""

    def __init__(self, text: Disclosure, paper: Paper) -> None:
        self.text, self.paper = text, paper
        context = board_of(text, paper)
        self._first: int = context["points"]
        self.html = render_to_string(TEMPLATE, {**context, "pdf": True, "numbered": False, "type": _TYPE})
        self.styles = {name: _stylesheet(name) for name in ("css/board.css", paper.css, _NUMBERED)}

    @cached_property
    def tag(self) -> str:
        """Over all that is drawn and what draws it."""
        digest = hashlib.sha256(self.html.encode())
        for said in (*self.styles.values(), *(photo.sha256 for photo in self._photos), version("weasyprint")):
            digest.update(said.encode())
        return digest.hexdigest()

    def draw(self) -> bytes:
        """The PDF, kept ten minutes by its tag. What is to come down after its notice may name people: it is kept nowhere.

        Raises:
            NotDrawn: see `draw_outside`.
        """
        key = f"board:{self.tag}"
        kept = None if self.text.comes_down else cache.get(key)
        if kept is not None:
            found: bytes = kept
            return found
        made = draw_outside(self._job())
        if not self.text.comes_down:
            cache.set(key, made, _KEPT_SECONDS)
        return made

    def _job(self) -> Job:
        styles = {static(name): (words.encode(), "text/css") for name, words in self.styles.items()}
        return Job(self.html, {**styles, **dict(self._renditions())}, self._types(), self.styles[_NUMBERED])

    def _types(self) -> tuple[str, ...]:
        """From one step above the estimate downwards; a text that is long anyway is laid out once."""
        words = [line for passage in self.text.passages() for line in passage.words.split("\n")]
        if self.paper.lines(words, SMALLEST) > _LONG:
            return (TIGHT,)
        sizes = self.paper.types
        start = max(sizes.index(self._first) - 1, 0)
        return (*(f"type-{points}" for points in sizes[start:]), TIGHT)

    @cached_property
    def _photos(self) -> list[Any]:
        return [file for file in files_of(self.text) if hasattr(file, "get_rendition")]

    def _renditions(self) -> Iterator[tuple[str, tuple[bytes, str]]]:
        """The text's own photographs, as its page shows them; one whose file is lost is missing there too."""
        if len(self._photos) > _MOST_PHOTOS:
            raise NotDrawn
        for photo in self._photos:
            shown = get_rendition_or_not_found(photo, JPEG)
            try:
                with shown.file.open("rb") as file:
                    yield shown.url, (file.read(), "image/jpeg")
            except OSError:
                logger.warning("photograph %s of a sheet has no file", photo.pk)


def _stylesheet(name: str) -> str:
    found = finders.find(name)
    return Path(str(found)).read_text(encoding="utf-8")
