"""Single cells as people write them: amounts with signs and separators, days in any of the usual forms."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

from .columns import Kind

_MONEY_SIGNS = re.compile(r"^(?:人民币|RMB|CNY|[¥￥])|元整?$", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_NOTHING = re.compile(r"[-—–/]+")
_CENT = Decimal("0.01")
_MOST_DIGITS = 14

_FULL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?", re.ASCII)
_PACKED = re.compile(r"(20\d{2}|19\d{2})(\d{2})(\d{2})", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})(?:月|[-/])(\d{1,2})[日号]?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?", re.ASCII)
# Day 1 of Excel's and WPS's calendar; 36526 is 2000-01-01.
_FIRST_DAY = date(1899, 12, 30)
_SERIALS = range(36526, 73051)

_SIDES = {"收入": "in", "收": "in", "收款": "in", "in": "in", "支出": "out", "支": "out", "付款": "out", "付": "out", "out": "out"}


class Unread(ValueError):
    """The cell says something that its column cannot hold."""


def read_cell(text: str, kind: Kind, year: int | None = None) -> str:
    """The cell in its one written form: 1234.50, 2026-09-03, in or out; "" for an empty one.

    Raises:
        Unread: it cannot be told what is meant.
    """
    if kind is Kind.TEXT:
        return " ".join(text.split()) if "\n" not in text else "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    if kind is Kind.DATE:
        return _day(plain, year)
    if kind is Kind.SIDE:
        return _side(plain)
    return _number(plain, kind)


def _number(plain: str, kind: Kind) -> str:
    if _NOTHING.fullmatch(plain):  # accountants write nothing as a dash
        return ""
    bare = plain.replace(" ", "")
    negative = bare.startswith("(") and bare.endswith(")")
    bare = _MONEY_SIGNS.sub("", _MONEY_SIGNS.sub("", bare.strip("()") if negative else bare))
    if not (_PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        raise Unread(plain)
    value = Decimal(bare.replace(",", ""))
    if negative:
        value = -value
    if len(value.as_tuple().digits) > _MOST_DIGITS:
        raise Unread(plain)
    return _written(value, kind, plain)


def _written(value: Decimal, kind: Kind, plain: str) -> str:
    if kind is Kind.NUMBER:
        return format(value.normalize() if value else Decimal(0), "f")
    if value != value.quantize(_CENT):
        raise Unread(plain)
    return format(value.quantize(_CENT), "f")


def _day(plain: str, year: int | None) -> str:
    compact = plain.replace(" ", "") if "月" in plain else plain
    if found := _FULL.fullmatch(compact) or _PACKED.fullmatch(compact):
        return _real_day(plain, *map(int, found.groups()))
    if (found := _SHORT.fullmatch(compact)) and year:
        return _real_day(plain, year, int(found[1]), int(found[2]))
    if (found := _SERIAL.fullmatch(compact)) and int(found[1]) in _SERIALS:
        return (_FIRST_DAY + timedelta(days=int(found[1]))).isoformat()
    raise Unread(plain)


def _real_day(plain: str, year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError as fault:
        raise Unread(plain) from fault


def _side(plain: str) -> str:
    side = _SIDES.get(plain.replace(" ", "").lower())
    if side is None:
        raise Unread(plain)
    return side
