"""An answer of a view that knows one language only, brought into the one that the address asked for."""

import json

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from ..models import SiteFrame
from . import KOREAN, TRADITIONAL, Language
from .addresses import in_language, own_in_language
from .korean import mark_chinese
from .markup import Change, Piece, Tag, joined, pieces, with_links, with_words
from .traditional import to_traditional, whose_tag_is

_MARKUP = ("text/html", "application/atom+xml", "application/xml")


def brought(request: HttpRequest, response: HttpResponseBase, language: Language) -> HttpResponseBase:
    """Links keep the language, texts are converted, `lang` is true. Files and answers for programs stay as they are."""
    if response.has_header("Location"):
        response["Location"] = own_in_language(response["Location"], language)
    kind = response.get("Content-Type", "").partition(";")[0].strip()
    if isinstance(response, HttpResponse) and not response.streaming and not response.has_header("Content-Encoding"):
        if kind in _MARKUP:
            _put(response, page_in(response.content.decode(response.charset), language, words_of(request, language)))
        elif kind == "application/json":
            _put(response, _offers_in(response.content, language, words_of(request, language)))
    response["Content-Language"] = language.tag
    return response


def _put(response: HttpResponse, text: str) -> None:
    response.content = text.encode(response.charset)
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))


def words_of(request: HttpRequest, language: Language) -> Change:
    return to_traditional(SiteFrame.for_request(request).traditional_words) if language == TRADITIONAL else str


def page_in(page: str, language: Language, words: Change) -> str:
    """HTML or Atom."""
    found = pieces(page)
    with_links(found, lambda url: in_language(url, language), lambda url: own_in_language(url, language))
    if page.lstrip().startswith("<?xml"):
        with_links(found, lambda url: own_in_language(url, language), lambda url: url)
    if language == TRADITIONAL:
        with_words(found, words)
    elif language == KOREAN:
        mark_chinese(found)
    _say_language(found, language)
    return joined(found)


def _say_language(found: list[Piece], language: Language) -> None:
    """`lang` of the page itself; in traditional characters, of every part that is Chinese too."""
    for tag in found:
        if isinstance(tag, Tag) and "lang" in tag.attributes and "hreflang" not in tag.attributes:
            if tag.name == "html":
                tag.changed(lambda _tag, name, value: language.tag if name == "lang" else value)
            elif language == TRADITIONAL:
                tag.changed(lambda _tag, name, value: whose_tag_is(value) if name == "lang" else value)


def _offers_in(content: bytes, language: Language, words: Change) -> str:
    """What the search box offers: its words, and links into this language. Any other data stays as it is."""
    data = json.loads(content)
    for offer in data.get("suggestions", ()) if isinstance(data, dict) else ():
        label = gettext(offer["label"]) if offer["label"] else ""  # the index keeps labels in the original
        offer.update(text=words(offer["text"]), label=words(label), url=in_language(offer["url"], language))
    return json.dumps(data, ensure_ascii=False)
