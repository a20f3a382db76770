"""Cleaning of rich text: what is not allowed loses its tags, never its words."""

from bs4 import BeautifulSoup
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

_PLAIN = ("[document]", "p", "br", "b", "strong", "i", "em", "h2", "h3", "h4", "ol", "ul", "li")


class _BodyWhitelister(Whitelister):
    element_rules = {
        **dict.fromkeys(_PLAIN, allow_without_attributes),
        "a": attribute_rule({"href": check_url, "linktype": True, "id": True}),
    }


def clean_html(html: str) -> str:
    """Keep paragraphs, emphasis, headings, lists and links; a script becomes visible, harmless text."""
    return _BodyWhitelister().clean(html)


def plain_text(html: str) -> str:
    """The words of rich text, a line a paragraph."""
    return BeautifulSoup(html, "html.parser").get_text("\n", strip=True)
