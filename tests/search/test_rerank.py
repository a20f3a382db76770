"""The second look: pieces of the query in the texts, over hits that the test makes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.documents import Document
from search.engines.base import Hit
from search.engines.tokens import IN_TITLE
from search.rerank import rerank

SIGNS = "宅基地赔偿钱是否可以的，？ a1"


def hits_of(*bodies, score=1.0):
    return [Hit(Document("d", str(number), "", body, "/"), score) for number, body in enumerate(bodies)]


def order(hits, query):
    return [hit.document.key for hit in rerank(hits, query)]


def test_a_shared_character_counts_where_no_word_is_shared():
    assert order(hits_of("管道应当维修", "管道应当赔偿", "管道应当登记"), "可以要求赔钱吗") == ["1", "0", "2"]


def test_pairs_count_more_than_their_characters_apart():
    assert order(hits_of("基本的宅院土地面积", "宅基地土地的面积数"), "宅基地") == ["1", "0"]


def test_the_rarer_piece_counts_more():
    assert order(hits_of("土地甲", "土地乙", "鱼塘丙", "土地丁"), "土地鱼塘") == ["2", "0", "1", "3"]


def test_the_longer_text_counts_less():
    assert order(hits_of("鱼塘" + "甲乙丙丁" * 20, "鱼塘"), "鱼塘") == ["1", "0"]


def test_a_question_of_function_words_alone_keeps_the_order():
    assert order(hits_of("甲", "是否可以"), "是否可以？") == ["0", "1"]


def test_ties_keep_their_order():
    assert order(hits_of("鱼塘", "鱼塘", "鱼塘"), "鱼塘") == ["0", "1", "2"]


@given(bodies=st.lists(st.text(SIGNS, max_size=30), max_size=12), query=st.text(SIGNS, max_size=30))
def test_every_hit_stays_and_none_loses(bodies, query):
    hits = hits_of(*bodies)
    again = rerank(hits, query)
    assert sorted(hit.document.key for hit in again) == sorted(hit.document.key for hit in hits)
    assert all(hit.score >= 1 for hit in again)
    assert [hit.score for hit in again] == sorted((hit.score for hit in again), reverse=True)


def test_no_query_however_long_lifts_a_text_over_a_title():
    query = "".join(chr(0x4E00 + number) for number in range(200))
    hits = [*hits_of("甲", score=IN_TITLE), *hits_of(*[query * 90] + [""] * 98, score=0.0)]
    assert rerank(hits, query)[0].score == pytest.approx(IN_TITLE)
