"""Understanding a basis cell: which laws and articles it cites, and which of them have been superseded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..models.basis import Article, Law

_CITED = re.compile(
    r"《(?P<law>[^《》]+)》(?P<note>(?:[（(][^（）()]*[）)])?)(?P<articles>(?:[、，,及和与]?\s*第[〇零一二三四五六七八九十百\d]+条)*)"
)
_ARTICLE = re.compile(r"第([〇零一二三四五六七八九十百\d]+)条")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
_SHORT = re.compile(r"^中华人民共和国")


@dataclass(frozen=True)
class Cited:
    """A law named in a basis cell, with one article number or none."""

    law: str
    number: int | None


def cited_in(text: str) -> Iterator[Cited]:
    """Every 《law》 in the cell, once for each article named right behind it."""
    for found in _CITED.finditer(text):
        numbers: list[int | None] = [chinese_number(number) for number in _ARTICLE.findall(found["articles"])]
        for number in numbers or [None]:
            yield Cited(found["law"].strip(), number)


def chinese_number(text: str) -> int:
    """三十五 -> 35, 一百零二 -> 102, 30 -> 30."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def short_law_name(name: str) -> str:
    return _SHORT.sub("", name)


class LawLibrary:
    """The laws known, in memory: a catalogue of three hundred rows asks three queries, not three hundred."""

    def __init__(self) -> None:
        self.laws = {law.short_name: law for law in Law.objects.all()}
        self.articles: dict[tuple[int, int], list[Article]] = {}
        for article in Article.objects.select_related("version__law", "successor__version__law").order_by("version__effective_from"):
            self.articles.setdefault((article.version.law_id, article.number), []).append(article)

    def law(self, name: str) -> Law | None:
        return self.laws.get(short_law_name(name))

    def article(self, law: Law, number: int, on: date) -> Article | None:
        """The article that a catalogue in force on a day means by this number.

        A number of the version then in force means that version's article. A number that only an older version is known
        to have for our matters means the old one: that is how a stale citation shows.
        """
        known = [article for article in self.articles.get((law.pk, number), ()) if article.version.effective_from <= on]
        return known[-1] if known else None


def superseded_sentence(article: Article) -> str:
    """One sentence for an article that has a successor in force, naming the new article; empty otherwise."""
    successor = article.successor
    if successor is None:
        return ""
    return _("{old}已由第{new}条代替（{day}起施行），请改引新条文。").format(
        old=f"《{article.version.law.short_name}》第{article.number}条",
        new=successor.number,
        day=successor.version.effective_from.isoformat(),
    )
