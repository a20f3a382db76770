"""How much a file may hold before it is refused: far above any catalogue, far below what hurts the machine."""

from pathlib import Path

from django.utils.translation import gettext as _

from .errors import Refused

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
MAX_PACK_RATIO = 200
RATIO_FREE_BYTES = 8 * 1024 * 1024
MAX_ENTRIES = 2000
MAX_SHEETS = 200
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000
MAX_CELL_CHARACTERS = 20_000


def read_bounded(path: Path) -> bytes:
    """The bytes of a file of up to 20 MB.

    Raises:
        Refused: absent, not a plain file, empty, or larger; a larger file is not opened at all.
    """
    if not path.is_file():
        raise Refused(_("找不到文件，请看看文件名和位置对不对。"))
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise too_large()
    if size == 0:
        raise Refused(_("这是空文件，请换一个有内容的文件。"))
    with path.open("rb") as stream:
        data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise too_large()
    return data


def too_large() -> Refused:
    return Refused(_("文件超过 20 MB，请删去图片和无关的工作表，或者分成几个文件再传。"))


def too_much_inside() -> Refused:
    return Refused(_("文件解开后大得不正常，为安全起见没有读取，请另存为新的 xlsx 再传。"))


def too_many_rows(sheet: str) -> Refused:
    return Refused(
        _("工作表“{sheet}”超过 {rows} 行或 {columns} 列，请删去多余的行列，或者分成几个文件再传。").format(
            sheet=sheet, rows=MAX_ROWS, columns=MAX_COLUMNS
        )
    )


def too_many_sheets() -> Refused:
    return Refused(_("文件里的表超过 {sheets} 张，请分成几个文件再传。").format(sheets=MAX_SHEETS))


def damaged() -> Refused:
    return Refused(_("文件已损坏或没有传完整，请重新下载，或者用 WPS、Excel 打开后另存为 xlsx 再传。"))
