"""Analysis in several processes: the same tokens, the same names, and no harm if a process dies."""

import os
import signal

import pytest

from search import analysis
from search.documents import Document, FilePage
from search.engines import analysts
from search.engines.tokens import token_fields


@pytest.fixture
def many() -> list[Document]:
    files = (FilePage("名单", "/f/", "第 1 页", "附件里的名单"),)
    return [Document("d", str(n), f"北芦村第{n}号公告", f"北芦村低保名单公示，第{n}次。", "/", files=files) for n in range(250)]


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})


@pytest.mark.usefixtures("two_processors")
def test_the_processes_cut_as_this_one_does_names_included(many: list[Document]) -> None:
    analysis.set_word_source(lambda: ["北芦村"])
    with analysts.analysts(analysts.WORTHWHILE):
        assert analysts._executor.get() is not None
        fields = list(analysts.fields_of(many))
    assert fields == [token_fields(document) for document in many]
    assert {"北芦村", "附件"} <= set(fields[0]["words"].split())


@pytest.mark.usefixtures("two_processors")
def test_a_killed_process_costs_no_document(many: list[Document]) -> None:
    with analysts.analysts(analysts.WORTHWHILE):
        list(analysts.fields_of(many))
        for process in analysts._executor.get()._processes.values():
            os.kill(process.pid, signal.SIGKILL)
        assert list(analysts.fields_of(many)) == [token_fields(document) for document in many]


def test_few_documents_start_no_process() -> None:
    with analysts.analysts(analysts.WORTHWHILE - 1):
        assert analysts._executor.get() is None


@pytest.mark.usefixtures("two_processors")
def test_a_text_that_cannot_be_cut_says_so(many: list[Document]) -> None:
    with analysts.analysts(analysts.WORTHWHILE), pytest.raises(ValueError, match="surrogates"):
        list(analysts.fields_of([*many, Document("d", "x", "半个\ud800", "", "/")]))
