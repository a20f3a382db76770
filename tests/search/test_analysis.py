import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.analysis import characters, index_words, normalise, query_words, squeezed

texts = st.text(max_size=200)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [("ＡＢＣ１２３", "abc123"), ("路燈", "路灯"), ("㎡", "m2"), ("著名", "著名"), ("國务院", "国务院"), ("Q３", "q3")],
)
def test_writing_the_same_thing_differently_is_the_same(raw, plain):
    assert normalise(raw) == plain


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
    stretch = squeezed(text[start : start + length])
    assert stretch in squeezed(text)


@given(texts)
def test_characters_are_letters_digits_and_ideographs(text):
    assert all(unicodedata.category(character)[0] in "LN" for character in characters(normalise(text)))


def test_names_of_places_stay_whole():
    analysis.set_word_source(lambda: ["搜登站镇", "北芦村"])
    assert "搜登站镇" in query_words("搜登站镇低保")
    assert "北芦村" in query_words("北芦村的账")


def test_names_are_read_again_after_a_change():
    names = ["甲乙丙村"]
    analysis.set_word_source(lambda: names)
    assert "丁戊己村" not in query_words("丁戊己村")
    names.append("丁戊己村")
    analysis.forget_words()
    assert query_words("丁戊己村") == ["丁戊己村"]
