"""One analysis for every engine, in Python: normalise, cut into words, and characters for literal search.

Measured choices (see docs/search.md): no HMM on either side; search mode to index, longest words to query; names of places in
the dictionary. Engines index space-separated tokens and need no plug-in.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

import rjieba
import zhconv_rs
from django.db import transaction

_WORD = re.compile(r"[^\W_]")
_SIGNS = re.compile(r"[\W_]+")  # \W is what str.isalnum() refuses
_FREQUENCY, _TAG = 20_000, "ns"
ENDINGS = ("街道办事处", "街道", "居委会", "社区", "镇", "乡", "村", "县", "区", "市", "州")
# Words that questions are built of and that say little about what is asked.
_FUNCTION_WORDS = """
的 了 吗 呢 吧 啊 是 有 在 和 与 及 或 等 什么 怎么 怎样 怎么办 如何 哪些 哪个 哪里 哪 为什么 多少 几 谁 请问 可以 可否 能 能否 是否 需要 应该 会 要 被 把 对 对于
关于 从 到 为 以 我 我们 你 您 他 她 它 这 那 这个 那个 之 其 并 也 就 都 还 一个 没有 不 如果 但 但是 而 后 时 中 将 该
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


def _replacements() -> dict[str, str]:
    """Characters of the basic plane that change: compatibility forms, capitals, traditional forms outside GB 2312.

    Above the basic plane nothing is mapped: one such range in the class makes the regular expression 300 times slower.
    """
    found: dict[str, str] = {}
    for code in range(0x80, 0x10000):
        character = chr(code)
        if unicodedata.category(character) not in ("Cn", "Cs", "Co"):
            plain = unicodedata.normalize("NFKC", character).lower()
            if plain != character and any(part.isalnum() for part in plain):
                found[character] = plain
    for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
        character = chr(code)
        simple = zhconv_rs.zhconv(character, "zh-hans")
        if simple != character and len(simple) == 1 and not _in_gb2312(character):
            found[character] = simple
    return found


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


_MAP = _replacements()
_PATTERN = re.compile("[" + "".join(map(re.escape, _MAP)) + "]")


def normalise(text: str) -> str:
    """Full-width to half, capitals to small, traditional to simplified; idempotent."""
    return _PATTERN.sub(lambda found: _MAP[found[0]], text).lower()


class _Dictionary:
    """The segmenter, replaced as a whole: adding a word while another thread cuts raises."""

    def __init__(self) -> None:
        self.jieba = rjieba.Jieba()
        self.names: frozenset[str] = frozenset()
        self.source: Callable[[], Iterable[str]] | None = None
        self.wanted = 0  # counts the changes of the names; a change while they are being read is read again
        self.loaded = 0

    def ready(self) -> rjieba.Jieba:
        wanted = self.wanted
        if self.loaded != wanted and self.source is not None:
            self.replace(self.source())
            self.loaded = wanted
        return self.jieba

    def replace(self, words: Iterable[str]) -> None:
        """A name that is an ordinary word too, such as 和平, is a name only with its ending: 和平村."""
        fresh = rjieba.Jieba()
        names = {name for word in words for name in _forms(normalise(word)) if not fresh.has_word(name) or name.endswith(ENDINGS)}
        for name in names:
            fresh.add_word(name, _FREQUENCY, _TAG)
        self.jieba, self.names = fresh, frozenset(names)


def _forms(name: str) -> list[str]:
    """The name, and what people leave of it: 搜登站镇, 搜登站."""
    ending = next((ending for ending in ENDINGS if name.endswith(ending)), "")
    return [name, name.removesuffix(ending)] if ending and len(name) - len(ending) > 1 else [name]


_dictionary = _Dictionary()


def set_word_source(source: Callable[[], Iterable[str]]) -> None:
    """Names that must stay whole, such as villages; read once, when the first text is cut."""
    _dictionary.source = source
    _dictionary.wanted += 1


def known_names() -> list[str]:
    """The names that must stay whole, as they are now, for another process."""
    return list(_dictionary.source()) if _dictionary.source is not None else []


def forget_words() -> None:
    """Names have changed: read them again at the next text after this transaction, when everybody can see them."""
    transaction.on_commit(_forget)


def _forget() -> None:
    _dictionary.wanted += 1


def is_name(word: str) -> bool:
    """Whether a word of a query is a name from the word source."""
    _dictionary.ready()
    return word in _dictionary.names


def index_words(normalised: str) -> list[str]:
    """Words of a text to be indexed, sub-words included."""
    return _with_letters(_dictionary.ready().cut_for_search(normalised, False))


def query_words(normalised: str) -> list[str]:
    """Words of a query: the longest ones only."""
    return _with_letters(_dictionary.ready().cut(normalised, False))


def telling_runs(normalised: str) -> list[str]:
    """What stands between function words and signs, squeezed: the stretches of a question that tell what it is about."""
    runs = [""]
    for word in _dictionary.ready().cut(normalised, False):
        kept = "" if word in FUNCTION_WORDS else _SIGNS.sub("", word)
        runs[-1:] = [runs[-1] + kept] if kept or not _WORD.search(word) else [runs[-1], ""]
    return [run for run in runs if run]


def _with_letters(words: list[str]) -> list[str]:
    return [word for word in words if word.isalnum() or _WORD.search(word)]


def characters(normalised: str) -> list[str]:
    """Every letter, digit and ideograph by itself: a phrase of these is a literal substring, whatever stands between."""
    return list(_SIGNS.sub("", normalised))


def squeezed(text: str) -> str:
    """Normalised and without anything but letters and digits: equal titles are equal here."""
    return _SIGNS.sub("", normalise(text))
