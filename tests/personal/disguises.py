"""How numbers come to be written: each takes a number and gives what a person would still read as that number."""

from collections.abc import Callable
from random import Random

Disguise = Callable[[str, Random], str]
_FULL = str.maketrans("0123456789Xx-", "０１２３４５６７８９Ｘｘ－")
_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")
_ROUND = str.maketrans("0123456789", "〇①②③④⑤⑥⑦⑧⑨")
_MATHEMATICAL = str.maketrans({str(value): chr(0x1D7CE + value) for value in range(10)})


def groups(number: str) -> list[str]:
    """As people say them: 3-4-4, 6-8-4, fours."""
    sizes = {11: (3, 4, 4), 15: (6, 6, 3), 18: (6, 8, 4)}.get(len(number), (4, 4, 4, 4, 4))
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return [part for part in parts if part]


def _joined(sign: str) -> Disguise:
    return lambda number, random: sign.join(groups(number))


def _every(sign: str) -> Disguise:
    return lambda number, random: sign.join(number)


def _broken(sign: str) -> Disguise:
    """Once, anywhere but at the ends."""

    def disguise(number: str, random: Random) -> str:
        at = random.randint(2, len(number) - 2)
        return number[:at] + sign + number[at:]

    return disguise


def _mixed(number: str, random: Random) -> str:
    parts = groups(number)
    signs = [random.choice([" ", "-", "－", " - ", "\u200b", "\u3000", "."]) for _part in parts[1:]]
    parts = [part.translate(_FULL) if random.random() < 0.5 else part for part in parts]
    return parts[0] + "".join(sign + part for sign, part in zip(signs, parts[1:], strict=True))


DISGUISES: dict[str, Disguise] = {
    "as it is": lambda number, random: number,
    "small x": lambda number, random: number.lower(),
    "groups with spaces": _joined(" "),
    "a space between all": _every(" "),
    "a space somewhere": _broken(" "),
    "full width": lambda number, random: number.translate(_FULL),
    "hyphens": _joined("-"),
    "long dashes": lambda number, random: random.choice("–—－‐").join(groups(number)),
    "dots": lambda number, random: random.choice(".·•．").join(groups(number)),
    "a line break": _broken("\n"),
    "a line break and indentation": _broken("\r\n    "),
    "zero width": lambda number, random: random.choice(["\u200b", "\u200d", "\ufeff", "\u2060"]).join(number),
    "soft hyphen": _broken("\u00ad"),
    "no-break and wide spaces": lambda number, random: random.choice(["\u00a0", "\u3000", "\u2009"]).join(groups(number)),
    "numerals": lambda number, random: number.translate(_NUMERALS),
    "round numerals": lambda number, random: number.translate(_ROUND),
    "mathematical digits": lambda number, random: number.translate(_MATHEMATICAL),
    "underscores": _joined("_"),
    "mixed": _mixed,
}
