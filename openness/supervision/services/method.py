"""The page that says how a score is made, and the script that makes it anew: both are files of the platform, shown as they are."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

METHOD_PAGE: Path = settings.BASE_DIR / "docs" / "scores.md"
SCRIPT: Path = settings.BASE_DIR / "scripts" / "recompute_scores.py"
_END_OF_METHOD = "<!-- method ends -->"


def pieces() -> Iterator[tuple[str, list[str]]]:
    """(title, heading, list or text; its lines) of the Chinese part of the method's page: headings, lists and paragraphs, nothing else."""
    text = METHOD_PAGE.read_text(encoding="utf-8").partition(_END_OF_METHOD)[0]
    for piece in re.split(r"\n{2,}", text.strip()):
        lines = [line.strip() for line in piece.splitlines()]
        if lines[0].startswith("#"):
            yield ("title" if lines[0].startswith("# ") else "heading"), [lines[0].lstrip("# ")]
        elif all(line.startswith("- ") for line in lines):
            yield "list", [line[2:] for line in lines]
        else:
            yield "text", ["".join(lines)]
