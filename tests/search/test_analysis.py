import pytest

from search import analysis
from search.analysis import characters, index_words, normalise, query_words


@pytest.mark.parametrize(
    ("raw", "plain"),
    [("ＡＢＣ１２３", "abc123"), ("路燈", "路灯"), ("㎡", "m2"), ("著名", "著名"), ("國务院", "国务院"), ("Q３", "q3")],
)
def test_writing_the_same_thing_differently_is_the_same(raw, plain):
    assert normalise(raw) == plain


def test_names_of_places_stay_whole():
    analysis.set_word_source(lambda: ["搜登站镇", "北芦村"])
    assert "搜登站镇" in query_words("搜登站镇低保")
    assert "北芦村" in query_words("北芦村的账")


def test_words_to_index_include_their_parts_and_no_signs():
    assert set(index_words("村民委员会。")) == {"村民", "委员", "委员会"}
    assert characters("村(居)务，2026年_3月") == list("村居务2026年3月")


@pytest.mark.django_db
def test_names_are_read_again_after_a_change(django_capture_on_commit_callbacks):
    names = ["甲乙丙村"]
    analysis.set_word_source(lambda: names)
    assert "丁戊己村" not in query_words("丁戊己村")
    names.append("丁戊己村")
    with django_capture_on_commit_callbacks(execute=True):
        analysis.forget_words()
        assert query_words("丁戊己村") != ["丁戊己村"]  # nobody else can see the new name yet
    assert query_words("丁戊己村") == ["丁戊己村"]


def test_the_telling_part_of_a_question_stands_between_its_function_words():
    assert analysis.telling_runs("宅基地的房子，是否可以卖给谁？") == ["宅基地", "房子", "卖给"]
    assert analysis.telling_runs("是否可以") == []
    assert analysis.telling_runs("2026年 12 号") == ["2026年12号"]
