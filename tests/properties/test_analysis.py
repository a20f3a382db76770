"""Whatever is written or typed: the analysis holds, and search finds what a plain scan finds."""

import unicodedata
from pathlib import Path

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import analysis
from search.analysis import characters, index_words, normalise, query_words, squeezed
from search.documents import Document
from search.engines.base import Index
from search.engines.embedded import EmbeddedEngine
from search.highlight import marked, snippet, terms_of
from search.query import SORTS, parse
from search.service import Results, search

texts = st.text(max_size=200)
ALPHABET = "低保名单村务公开财收支ab12 ，。“”《》（）\n燈Ａ㎡İ"


@pytest.fixture(autouse=True)
def plain_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_dictionary", analysis._Dictionary())


@given(texts)
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(texts)
def test_no_text_breaks_the_analysis(text):
    plain = normalise(text)
    for word in (*index_words(plain), *query_words(plain)):
        assert any(character.isalnum() for character in word)
        assert " " not in word


@given(texts, st.integers(0, 200), st.integers(2, 20))
def test_any_stretch_of_a_text_is_a_run_of_its_characters(text, start, length):
    assert squeezed(text[start : start + length]) in squeezed(text)


@given(texts)
def test_characters_are_letters_digits_and_ideographs(text):
    assert all(unicodedata.category(character)[0] in "LN" for character in characters(normalise(text)))


@given(st.text(ALPHABET, max_size=60))
def test_a_text_typed_whole_is_cut_into_words_that_were_indexed(text):
    """Query words are the longest ones; the index has these and their parts."""
    plain = normalise(text)
    assert set(query_words(plain)) <= set(index_words(plain))


@given(st.text(ALPHABET + "<>&\"'", max_size=80), st.lists(st.text(ALPHABET, min_size=1, max_size=4), max_size=3))
def test_marks_change_nothing_but_add_marks(text, terms):
    from html import unescape

    terms = [term for term in map(squeezed, terms) if term]
    shown = marked(text, terms)
    assert unescape(shown.replace("<mark>", "").replace("</mark>", "")) == text
    assert "<" not in shown.replace("<mark>", "").replace("</mark>", "")
    assert ("<mark>" in shown) == any(term in normalise(text) for term in terms)
    assert "\n" not in snippet(text, terms)


def asked(engine: EmbeddedEngine, **parameters: str | list[str]) -> Results:
    query = QueryDict(mutable=True)
    for name, value in parameters.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return search(parse(query), by=engine)


@pytest.fixture
def some_index(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path)
    words = ("低保", "名单", "村务公开", "财务收支", "path:/a*b", "C++", "№12")
    with engine.writing():
        engine.apply([Index(Document("d", str(n), words[n % 7] + str(n), words[n % 5] * n, "/", field=words[n % 3]), 1) for n in range(60)])
    return engine


anything = st.one_of(texts, st.text(ALPHABET + "\"'-+*?~^:()[]{}\\/<>&|!", max_size=60))


@pytest.mark.django_db
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    q=anything,
    field=st.lists(anything, max_size=4),
    place=st.lists(anything, max_size=2),
    since=st.one_of(st.just(""), anything, st.dates().map(str)),
    until=st.one_of(st.just(""), anything, st.dates().map(str)),
    page=st.one_of(st.integers(-5, 10**12).map(str), anything),
    sort=st.one_of(st.sampled_from(SORTS), anything),
)
def test_any_address_gets_an_answer(some_index, **parameters):
    results = asked(some_index, **parameters)
    assert not results.plain
    assert len(results.hits) <= results.total
    terms = terms_of(results.plan)
    for hit in results.hits:
        marked(hit.document.title, terms)
        snippet(hit.document.body, terms)
