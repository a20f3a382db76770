"""Bringing a page into a language never changes its tags, its forms, its code: only words, links and `lang`."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from openness.pages.languages import KOREAN, TRADITIONAL
from openness.pages.languages.addresses import in_language, parted
from openness.pages.languages.answer import page_in
from openness.pages.languages.markup import joined, pieces
from openness.pages.languages.traditional import to_traditional

WORDS = st.text("后里面干部于范发台只村账abc &lt;＜“”\n", max_size=12)
NAMES = st.sampled_from(
    ["div", "p", "span", "b", "mark", "td", "li", "option", "title", "code", "textarea", "script", "style", "a", "button"]
)
ATTRIBUTES = st.lists(
    st.tuples(
        st.sampled_from(["title", "alt", "value", "id", "name", "data-x", "aria-label", "class", "lang", "translate"]),
        st.text("后里干于abc>'= ", max_size=8),
    ),
    max_size=3,
    unique_by=lambda one: one[0],
)
ANYTHING = st.text("<>/\"'=!-[] abp后里\n", max_size=60)


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def made(name: str, attributes: list[tuple[str, str]], content: list[str]) -> str:
        inner = "".join(one for one in content if "<" not in one or name not in {"script", "style", "textarea", "title", "option", "code"})
        written = "".join(f' {key}="{value}"' for key, value in attributes)
        return f"<{name}{written}>{inner}</{name}>"

    return st.builds(made, NAMES, ATTRIBUTES, st.lists(inside, max_size=4))


PAGES = st.lists(st.recursive(WORDS, element, max_leaves=12), max_size=5).map("".join)


class Outline(HTMLParser):
    """Everything but what people read: tags, their attributes in order, comments, and what forms and scripts hold."""

    FREE = {"title", "alt", "aria-label", "lang"}

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[object] = []
        self.raw: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, [(name, "" if name in self.FREE else value) for name, value in attrs]))
        self.raw.append(tag)

    def handle_endtag(self, tag):
        self.seen.append(f"/{tag}")
        if tag in self.raw:
            while self.raw.pop() != tag:
                pass

    def handle_comment(self, data):
        self.seen.append(data)

    def handle_data(self, data):
        if self.raw and self.raw[-1] in {"script", "style", "textarea", "code"}:
            self.seen.append(data)


def without_lang(outline: Outline) -> list[object]:
    return [(one[0], [pair for pair in one[1] if pair[0] != "lang"]) if isinstance(one, tuple) else one for one in outline.seen]


@given(ANYTHING)
def test_taken_apart_and_put_together_is_the_same_whatever_it_was(page: str):
    assert joined(pieces(page)) == page


@given(PAGES)
def test_traditional_characters_change_no_tag(page: str):
    assert Outline(page_in(page, TRADITIONAL, to_traditional())).seen == Outline(page).seen


@given(PAGES)
def test_a_korean_page_changes_no_tag_and_no_word(page: str):
    after = page_in(page, KOREAN, str)
    assert without_lang(Outline(after)) == without_lang(Outline(page))


@given(PAGES)
def test_converting_twice_is_converting_once(page: str):
    once = page_in(page, TRADITIONAL, to_traditional())
    assert page_in(once, TRADITIONAL, to_traditional()).count("<") == once.count("<")


@given(st.text("/ahntko.dmi?#%后", max_size=20))
def test_an_address_in_a_language_is_the_address_again_without_it(rest: str):
    address = f"/u{rest}"
    there = in_language(address, TRADITIONAL)
    assert there == address or parted(there) == (TRADITIONAL, address)
    assert in_language(there, TRADITIONAL) == there
