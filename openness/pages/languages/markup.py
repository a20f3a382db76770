"""A page taken apart into tags and texts and put together again, with other words and links, and never with other tags.

No parser of the whole tree: what Django's templates write is well formed, and what this does not understand it leaves as it is, byte for byte.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

Change = Callable[[str], str]

_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[!?][^>]*>"
    r"|<(?P<raw>script|style|textarea|code|kbd|samp)\b(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+>(?P<inside>.*?)</(?P=raw)\s*>"
    r"|</?(?P<name>[a-zA-Z][^\s/>]*)(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+>",
    re.S | re.I,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_INLINE = {"a", "abbr", "b", "bdi", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"}
_HUMAN = {
    "title",
    "alt",
    "aria-label",
    "aria-description",
    "aria-valuetext",
    "aria-roledescription",
    "placeholder",
    "label",
    "summary",
    "data-l",
}
_HUMAN_PREFIX = "data-say-"  # words that the script shows or says
_LINKS = {"href", "action", "formaction", "data-suggest"}
_PRESSED = {"submit", "button", "reset"}
_LD = re.compile(r"""\btype\s*=\s*["']?application/ld\+json""", re.I)


@dataclass
class Tag:
    """A start tag with its attributes by name; `text` is how it is written."""

    name: str
    text: str

    def __post_init__(self) -> None:
        found = _ATTRIBUTE.finditer(self.text, len(self.name) + 1)
        self.attributes = {one[1].lower(): unescape(_bare(one[3] or "")) for one in found}

    def changed(self, change: Callable[["Tag", str, str], str]) -> None:
        """Puts other values in; a value that stays the same stays as it was written."""

        def put(found: re.Match[str]) -> str:
            if found[3] is None:
                return found[0]
            before = unescape(_bare(found[3]))
            after = change(self, found[1].lower(), before)
            return found[0] if after == before else f'{found[1]}{found[2]}"{escape(after)}"'

        self.text = _ATTRIBUTE.sub(put, self.text)

    def add(self, name: str, value: str) -> None:
        end = "/>" if self.text.endswith("/>") else ">"
        self.text = f'{self.text[: -len(end)].rstrip()} {name}="{escape(value)}"{end}'


def _bare(value: str) -> str:
    return value[1:-1] if value[:1] in "\"'" else value


Piece = str | Tag | tuple[str]  # a text, a start tag, anything else as it is


def pieces(page: str) -> list[Piece]:
    """The page in order: texts are `str`, start tags `Tag`, and end tags, comments, scripts, code and typed text a tuple of one."""
    found: list[Piece] = []
    last = 0
    for token in _TOKEN.finditer(page):
        if token.start() > last:
            found.append(page[last : token.start()])
        found.extend(_of_token(token))
        last = token.end()
    return [*found, page[last:]] if last < len(page) else found


def _of_token(token: re.Match[str]) -> Iterator[Piece]:
    text = token[0]
    if token["raw"]:
        opening, closing = token.start("inside") - token.start(), token.end("inside") - token.start()
        yield Tag(token["raw"].lower(), text[:opening])
        yield (text[opening:closing],)
        yield (text[closing:],)
    elif token["name"] and not text.startswith("</"):
        yield Tag(token["name"].lower(), text)
    else:
        yield (text,)


def joined(found: list[Piece]) -> str:
    return "".join(one if isinstance(one, str) else one.text if isinstance(one, Tag) else one[0] for one in found)


def end_of(name: str, piece: Piece) -> bool:
    return isinstance(piece, tuple) and re.match(rf"</{re.escape(name)}\s*>", piece[0], re.I) is not None


def with_links(found: list[Piece], change: Change, change_own: Change) -> None:
    """Every link on the page by `change`; `rel=canonical`, which is a complete address, by `change_own`. Links that name a language stay."""
    for tag in found:
        if isinstance(tag, Tag) and "hreflang" not in tag.attributes and "download" not in tag.attributes:
            by = change_own if tag.attributes.get("rel") == "canonical" else change
            tag.changed(lambda _tag, name, value, by=by: by(value) if name in _LINKS else value)  # type: ignore[misc]


def with_words(found: list[Piece], change: Change) -> None:
    """Texts and attributes for people by `change`: never addresses, what forms send, code, names of fields."""
    for tag in found:
        if isinstance(tag, Tag):
            tag.changed(lambda tag, name, value: change(value) if _is_for_people(tag, name) else value)
    for run in _runs(found):
        _change_run(found, run, change)
    for at, tag in enumerate(found):
        if isinstance(tag, Tag) and tag.name == "script" and _LD.search(tag.text):
            found[at + 1] = (_changed_data(found[at + 1][0], change),)  # type: ignore[index]


def _is_for_people(tag: Tag, name: str) -> bool:
    if tag.attributes.get("translate") == "no":
        return False
    if name == "content":
        return tag.name == "meta" and "http-equiv" not in tag.attributes
    if name == "value":
        return tag.name == "input" and tag.attributes.get("type", "").lower() in _PRESSED and "name" not in tag.attributes
    return name in _HUMAN or name.startswith(_HUMAN_PREFIX)


def _runs(found: list[Piece]) -> Iterator[list[int]]:
    """Texts that people read as one: between them stand only tags such as `mark` and `b`. What says `translate="no"` is left out."""
    run: list[int] = []
    skipped: list[str] = []  # open tags of the name that is skipped
    for at, piece in enumerate(found):
        if skipped:
            skipped += [piece.name] if isinstance(piece, Tag) and piece.name == skipped[0] else []
            del skipped[len(skipped) - end_of(skipped[0], piece) :]
        elif isinstance(piece, str):
            run.append(at)
        elif isinstance(piece, Tag) and _keeps_its_words(piece):
            skipped = [piece.name]
        elif not _is_inline(piece):
            yield run
            run = []
    yield run


def _keeps_its_words(tag: Tag) -> bool:
    return tag.attributes.get("translate") == "no" or (tag.name == "option" and "value" not in tag.attributes)


def _is_inline(piece: Piece) -> bool:
    name = piece.name if isinstance(piece, Tag) else (re.match(r"</([a-zA-Z]+)", piece[0]) or ["", ""])[1]
    return name.lower() in _INLINE


def _change_run(found: list[Piece], run: list[int], change: Change) -> None:
    """As one text, since a word may be half within `mark`; cut again where it was cut, if every character became one character."""
    texts = [str(found[at]) for at in run]
    whole = "".join(texts)
    after = change(whole)
    if after == whole:
        return
    start = 0
    for at, text in zip(run, texts, strict=True):
        found[at] = after[start : start + len(text)] if len(after) == len(whole) else change(text)
        start += len(text)


def _changed_data(text: str, change: Change) -> str:
    """JSON-LD: values only, no names, no addresses."""
    try:
        data = _values(json.loads(text), change)
    except ValueError:
        return text
    signs = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})
    return json.dumps(data, ensure_ascii=False).translate(signs)


def _values(data: object, change: Change) -> object:
    if isinstance(data, dict):
        return {name: value if name.startswith("@") else _values(value, change) for name, value in data.items()}
    if isinstance(data, list):
        return [_values(one, change) for one in data]
    return change(data) if isinstance(data, str) and "://" not in data else data
