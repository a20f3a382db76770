"""What the rules of publishing ask of supervision: words of the list, links as they answered last, texts that are public already."""

from collections.abc import Mapping

from openness.disclosures.rules.known import KNOWN

from ..models import ErrorWord
from .copies import sources_of
from .links import known_broken


def error_words() -> Mapping[str, str]:
    return dict(ErrorWord.objects.values_list("word", "suggestion"))


def tell_the_rules() -> None:
    KNOWN.words, KNOWN.foreign_links, KNOWN.copies = error_words, known_broken, sources_of
