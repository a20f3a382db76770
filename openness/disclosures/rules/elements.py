"""Missing elements: no telling word of a content element occurs anywhere in the text. A note to look at, not an accusation."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.analysis import index_words, normalise

from .rule import TextRule
from .text import Batch, Found, Text, mark_of

# Words that stand in many elements and say nothing about what is asked for.
_GENERAL_WORDS = """
情况 信息 内容 政府 有关 相关 其他 以及 基本 具体 主要 公开 公示 公布 规定 按照 需要 应当 事项 工作 文件 方面 进行 包括 等等 各类 各项 名称 时间 依据
"""
_GENERAL = frozenset(_GENERAL_WORDS.split())
_ROSTER = "roster"


class MissingElements(TextRule):
    code = check = "element"
    name = gettext_lazy("要素齐全")
    meaning = gettext_lazy("公开目录要求写的内容，文中或附件里要找得到。")
    advice = gettext_lazy("补上缺的内容；这一期确实没有的，写一句没有。")
    basis = gettext_lazy("按公开目录的“公开内容（要素）”公开（国办发〔2019〕54号）")
    needs = frozenset({"files"})

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        if not tells_elements(text, batch):
            return
        whole = text.whole + "".join(normalise(batch.files[key].words) for key in text.files)
        for element in text.elements:
            if _is_missing(element, text, whole):
                sentence = _("目录要求的“{element}”，文中没有找到相关的字，请看看是不是漏了。").format(element=element[:60])
                yield Found(_("全文"), sentence, element[:200], mark_of(element))


def _is_missing(element: str, text: Text, whole: str) -> bool:
    """A field of its own that says something is taken at its word; one left empty may be answered by a table or a file."""
    if text.answers.get(normalise(element)):
        return False
    words = telling_words(element)
    return bool(words) and not any(word in whole for word in words)


def tells_elements(text: Text, batch: Batch) -> bool:
    """Whether it can be told that elements are missing or not: some are asked for, and what cannot be read may say them.

    A list of names and amounts is one part of its item: who may apply and how stands in another disclosure.
    """
    if text.category == _ROSTER:
        return False
    files = [batch.files.get(key) for key in text.files]
    read = all(file is not None and file.words and file.readable is not False for file in files)
    return read and any(telling_words(element) or normalise(element) in text.answers for element in text.elements)


def telling_words(element: str) -> set[str]:
    return {word for word in index_words(normalise(element)) if len(word) > 1 and word not in _GENERAL}
