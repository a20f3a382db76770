"""Traditional characters, by the tables of MediaWiki (zhconv-rs), which know words: 以后/以後 but 皇后, 里面/裡面 but 公里, 干部/幹部 but 干旱/乾旱."""

import re
from collections.abc import Callable
from functools import lru_cache

import zhconv_rs

Change = Callable[[str], str]

# Words of this trade that the tables get wrong; a site adds its own places and people (网站信息 → 语言).
_WORDS = (
    ("于某", "于某"),
    ("于×", "于×"),
    ("于＊", "于＊"),
    ("于*", "于*"),
    ("于○", "于○"),
    ("于先生", "于先生"),
    ("于女士", "于女士"),
    ("涂某", "涂某"),
    ("账目", "賬目"),
    ("账", "賬"),
    ("账户", "賬戶"),
    ("账号", "賬號"),
    ("后勤", "後勤"),
)
# A cell that holds nothing but a name: the tables take the surname for the preposition or the verb.
_NAME = re.compile(r"(\s*)([于涂])([\u4e00-\u9fff]{1,2})(\s*)")
_NOT_NAMES = ("是", "此", "今", "本", "上", "下", "年", "料", "抹", "改", "层", "鸦")


def pairs_of(text: str) -> list[tuple[str, str]]:
    r"""`后屯` stays as it is; `后屯=後屯` becomes what stands behind the sign. One a line.

    >>> pairs_of("干沟子＝乾溝子")
    [('干沟子', '乾溝子')]
    """
    lines = [re.split(r"\s*[=＝]\s*", line.strip(), maxsplit=1) for line in text.splitlines() if line.strip()]
    return [(one[0], one[-1] or one[0]) for one in lines if one[0]]


@lru_cache(maxsize=8)
def to_traditional(words: str = "") -> Change:
    """Of texts without tags. `words` are the site's own, as `pairs_of` reads them; they go before ours, and ours before the tables."""
    pairs = {**dict(_WORDS), **dict(pairs_of(words))}
    convert = zhconv_rs.make_converter("zh-hant", list(pairs.items()))

    def change(text: str) -> str:
        if text.isascii():
            return text
        name = _NAME.fullmatch(text)
        if name and name[3][0] not in _NOT_NAMES:
            return f"{name[1]}{name[2]}{convert(name[3])}{name[4]}"
        return str(convert(text))

    return change


def whose_tag_is(tag: str) -> str:
    """`lang` of a part of the page after conversion."""
    return "zh-Hant" if tag.lower() in ("zh", "zh-cn", "zh-hans") else tag
