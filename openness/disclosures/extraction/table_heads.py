"""Which row of a table names its columns."""

import re
from collections.abc import Mapping, Sequence

_NAMES = re.compile(
    r"姓名|户主|身份证|证件|证号|电话|手机|联系|账号|帐号|卡号|号码|编号|单号|代码|日期|出生|地址|住址|金额|备注|学校|病|残疾|护照|微信|邮箱"
)
_FIGURES = re.compile(r"\d{4}")
_FEWEST = 2


class Heads:
    """The last row seen that names columns rather than filling them."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}

    def of(self, cells: Sequence[str]) -> Mapping[int, str]:
        """The headings above a row by column from 0; none for the row that is the heading itself."""
        if _is_heading(cells):
            self._names = {number: cell for number, cell in enumerate(cells) if cell}
            return {}
        return self._names

    @property
    def words(self) -> str:
        return "、".join(self._names.values())


def _is_heading(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) >= _FEWEST and any(map(_NAMES.search, filled)) and not any(map(_FIGURES.search, filled))
