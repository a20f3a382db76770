"""The embedded engine: Tantivy in a folder, no server.

One writer at a time, over all processes, by a file lock; readers follow commits. The live index is the folder named in the file
`current`, so that a rebuilt one takes its place in a single rename.
"""

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from ..documents import Document
from .analysts import fields_of
from .base import FACETS, Delete, DocumentRejected, Engine, EngineAway, Found, Hit, Index, Operation, Plan
from .tantivy_queries import build_query, sort_of, without
from .tokens import LAYOUT, exact_values, facet_values, number_of, unit_of

_HEAP = 128_000_000
_FACET_LIMIT = 65_000


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("uid", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title_chars", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("chars", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("unit", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("published", "notice_until"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("payload", stored=True, indexed=False)
    return builder.build()


class EmbeddedEngine(Engine):
    label = "Tantivy"
    needs_drain = True

    def __init__(self, folder: Path, live: Path | None = None) -> None:
        self.folder = folder
        self._fixed = live  # a folder being rebuilt is written before it is the current one
        self._opened: tuple[Path, Any] | None = None
        self._writer: Any = None
        self._uncommitted = False

    # ---- folders -------------------------------------------------------------------------------------------------

    @property
    def _pointer(self) -> Path:
        return self.folder / "current"

    def _live(self) -> Path:
        if self._fixed is not None:
            return self._fixed
        if self._pointer.exists():
            return self.folder / self._pointer.read_text(encoding="utf-8").strip()
        return self.folder / "v1"

    def _index(self) -> Any:
        live = self._live()
        if self._opened is None or self._opened[0] != live:
            self._check_layout(live)
            index = tantivy.Index(_schema(), path=str(live), reuse=True)
            analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            index.register_tokenizer("whitespace", analyser)
            self._opened = (live, index)
        return self._opened[1]

    def _check_layout(self, live: Path) -> None:
        live.mkdir(parents=True, exist_ok=True)
        if not (live / "meta.json").exists():
            (live / "layout").write_text(str(LAYOUT), encoding="utf-8")
        elif self.outdated():
            raise EngineAway("the index is of another version: it must be rebuilt")

    def outdated(self) -> bool:
        live = self._live()
        layout = live / "layout"
        return (live / "meta.json").exists() and (not layout.exists() or layout.read_text(encoding="utf-8") != str(LAYOUT))

    def _searcher(self) -> Any:
        self._commit()
        try:
            index = self._index()
            index.reload()
        except (OSError, ValueError) as error:
            raise EngineAway(str(error)) from error
        return index.searcher()

    # ---- writing -------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._locked("lock", "another process is writing"):
            try:
                yield
            finally:
                self._close_writer()

    @contextmanager
    def _locked(self, name: str, reason: str) -> Iterator[None]:
        """A lock of the operating system: it ends with the process that holds it, however that ends."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / name).open("w")
        except OSError as error:
            raise EngineAway(str(error)) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise EngineAway(reason) from error
            yield

    def apply(self, operations: Sequence[Operation]) -> None:
        prepared = _prepared(operations)  # refuses before anything is written
        try:
            self._write(prepared)
        except (OSError, ValueError) as error:
            self._writer, self._uncommitted = None, False  # let go without a commit: nothing of the batch remains
            raise EngineAway(str(error)) from error

    def _write(self, prepared: Sequence[tuple[str, Any]]) -> None:
        if self._writer is None:
            self._writer = self._index().writer(_HEAP, 1)
        for uid, document in prepared:
            self._writer.delete_documents_by_term("uid", uid)
            if document is not None:
                self._writer.add_document(document)
        if self._fixed is None:
            self._writer.commit()
        else:
            self._uncommitted = True

    def _commit(self) -> None:
        """An index being filled commits once somebody looks: few segments, little to merge."""
        if self._uncommitted:
            try:
                self._writer.commit()
            except (OSError, ValueError) as error:
                raise EngineAway(str(error)) from error
            self._uncommitted = False

    def _close_writer(self) -> None:
        self._commit()
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.wait_merging_threads()

    # ---- reading -------------------------------------------------------------------------------------------------

    def search(self, plan: Plan, facets: Sequence[str] = FACETS) -> Found:
        searcher = self._searcher()
        schema = self._index().schema
        query = build_query(schema, plan)
        field, order = sort_of(plan)
        options = {"order_by_field": field, "order": order} if field else {}
        result = searcher.search(query, limit=max(plan.limit, 1), offset=plan.offset, count=True, **options)
        hits = tuple(Hit(_document(searcher, address), float(score)) for score, address in result.hits[: plan.limit])
        return Found(hits, int(result.count), self._facets(searcher, schema, plan, query, facets))

    def _facets(self, searcher: Any, schema: Any, plan: Plan, query: Any, facets: Sequence[str]) -> dict[str, dict[str, int]]:
        """All facets without a filter share one pass; each filtered one is counted without its own filter."""
        counts = _count(searcher, query, [name for name in facets if not plan.filters.get(name)])
        for name in facets:
            if plan.filters.get(name):
                counts |= _count(searcher, build_query(schema, without(plan, name)), [name])
        return counts

    def digests(self) -> Iterator[tuple[str, str]]:
        searcher = self._searcher()
        result = searcher.search(tantivy.Query.all_query(), limit=max(searcher.num_docs, 1), count=False)
        for _score, address in result.hits:
            document = searcher.doc(address)
            yield document.get_first("uid"), document.get_first("digest")

    def digests_of(self, uids: Sequence[str]) -> dict[str, str]:
        searcher = self._searcher()
        wanted = tantivy.Query.term_set_query(self._index().schema, "uid", list(uids))
        found = (searcher.doc(address) for _score, address in searcher.search(wanted, limit=max(len(uids), 1), count=False).hits)
        return {document.get_first("uid"): document.get_first("digest") for document in found}

    def count(self) -> int:
        return int(self._searcher().num_docs)

    # ---- rebuilding ----------------------------------------------------------------------------------------------

    @contextmanager
    def rebuild(self) -> Iterator[Engine]:
        with self._locked("rebuilding", "another process is rebuilding"):
            live = self._live()
            for left in self.folder.glob("v*"):  # an earlier index, kept until now for readers that were still in it
                if left != live:
                    shutil.rmtree(left, ignore_errors=True)
            fresh = EmbeddedEngine(self.folder, self.folder / f"v{int(live.name[1:]) + 1}")
            try:
                yield fresh
            finally:
                fresh._uncommitted = False  # what has not taken over by now is thrown away
                fresh._close_writer()

    def take_over(self) -> None:
        self._close_writer()
        aside = self.folder / "next"
        aside.write_text(self._live().name, encoding="utf-8")
        aside.replace(self._pointer)


def _prepared(operations: Sequence[Operation]) -> list[tuple[str, Any]]:
    """The uids, each with the document in Tantivy's form; None if it goes.

    Raises:
        DocumentRejected: one holds something that cannot be written, such as half a surrogate pair.
    """
    fields = fields_of([operation.document for operation in operations if isinstance(operation, Index)])
    try:
        return [
            (operation.uid, None)
            if isinstance(operation, Delete)
            else (operation.document.uid, _tantivy_document(operation.document, next(fields)))
            for operation in operations
        ]
    except (OverflowError, TypeError, ValueError) as error:
        raise DocumentRejected(str(error)) from error


def _tantivy_document(document: Document, fields: dict[str, str]) -> Any:
    made = tantivy.Document()
    made.add_text("uid", document.uid)
    for name, tokens in fields.items():
        made.add_text(name, tokens)
    for value in exact_values(document):
        made.add_text("exact", value)
    made.add_text("unit", unit_of(document))
    for name, values in facet_values(document).items():
        for value in values:
            made.add_text(name, value)
    for name, day in (("published", document.published_on), ("notice_until", document.notice_until)):
        made.add_unsigned(name, number_of(day) if day else 0)
    made.add_text("digest", document.digest())
    made.add_bytes("payload", document.payload)
    return made


def _document(searcher: Any, address: Any) -> Document:
    return Document.from_json(bytes(searcher.doc(address).get_first("payload")))


def _count(searcher: Any, query: Any, names: Sequence[str]) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    wanted = {name: {"terms": {"field": name, "size": _FACET_LIMIT}} for name in names}
    answer = searcher.aggregate(query, wanted)
    return {name: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in names}
