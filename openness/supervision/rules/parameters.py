"""What an indicator can be told, such as a number of days: checked with one plain sentence, read from and written to a form's text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from openness.disclosures.models import Category

Words = str | Promise


class ParameterError(ValueError):
    """The value cannot be used; the message is a sentence for the person who wrote it."""


@dataclass(frozen=True)
class Parameter:
    """One value by its name in JSON. `check` answers the value as stored; `read` and `write` are for the text in a form."""

    name: str
    label: Words

    def check(self, value: Any) -> Any:
        raise NotImplementedError

    def read(self, text: str) -> Any:
        return self.check(text.strip())

    def write(self, value: Any) -> str:
        return str(value)

    def say(self, value: Any) -> str:
        """As a page shows it."""
        return self.write(value).replace("\n", "；") or _("全部")


@dataclass(frozen=True)
class Number(Parameter):
    lowest: int = 1
    highest: int = 9999

    def check(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.lowest <= value <= self.highest:
            raise ParameterError(
                _("“{label}”要写 {low} 到 {high} 之间的整数。").format(label=self.label, low=self.lowest, high=self.highest)
            )
        return value

    def read(self, text: str) -> int:
        text = text.strip()
        return self.check(int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text)


@dataclass(frozen=True)
class Sentence(Parameter):
    """A sentence."""

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            raise ParameterError(_("“{label}”要写明。").format(label=self.label))
        return value.strip()


@dataclass(frozen=True)
class Choice(Parameter):
    choices: Mapping[str, Words] = field(default_factory=dict)

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise ParameterError(
                _("“{label}”只能是：{choices}。").format(label=self.label, choices="、".join(str(one) for one in self.choices.values()))
            )
        return value

    def say(self, value: Any) -> str:
        return str(self.choices[value])


def check_age(label: Words, value: Any) -> dict[str, int]:
    """{"days": 14} or {"months": 6}.

    Raises:
        ParameterError: neither, both, or no whole number from 1 to 3660.
    """
    if isinstance(value, dict) and len(value) == 1 and set(value) <= {"days", "months"}:
        (number,) = value.values()
        if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= 3660:
            return value
    raise ParameterError(_("“{label}”要写成 14天 或 6个月 这样。").format(label=label))


def read_age(label: Words, text: str) -> dict[str, int]:
    words = text.replace(" ", "")
    for ending, unit in (("个月", "months"), ("月", "months"), ("天", "days"), ("日", "days"), ("周", "weeks")):
        number = words.removesuffix(ending)
        if words.endswith(ending) and number.isascii() and number.isdecimal() and len(number) < 5:
            return check_age(label, {"days": int(number) * 7} if unit == "weeks" else {unit: int(number)})
    return check_age(label, text)


def age_words(age: Mapping[str, int]) -> str:
    return _("{n}天").format(n=age["days"]) if "days" in age else _("{n}个月").format(n=age["months"])


def cutoff(until: date, age: Mapping[str, int]) -> date:
    """The last day that is still within this age on `until`. Six months before 31 August is the last of February."""
    if "days" in age:
        return until - timedelta(days=age["days"])
    month = until.year * 12 + until.month - 1 - age["months"]
    first = date(month // 12, month % 12 + 1, 1)
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first + timedelta(days=min(until.day, (following - first).days) - 1)


@dataclass(frozen=True)
class Age(Parameter):
    def check(self, value: Any) -> dict[str, int]:
        return check_age(self.label, value)

    def read(self, text: str) -> dict[str, int]:
        return read_age(self.label, text)

    def write(self, value: Any) -> str:
        return age_words(value)


@dataclass(frozen=True)
class Ages(Parameter):
    """A line for each column, with its age: 社会救助 90天. `known` maps the names allowed to the words shown; any name if empty."""

    known: Mapping[str, Words] = field(default_factory=dict)

    def check(self, value: Any) -> dict[str, dict[str, int]]:
        if not isinstance(value, dict) or not value:
            raise ParameterError(_("“{label}”至少要写一行，例如：社会救助 90天。").format(label=self.label))
        for name, age in value.items():
            if self.known and name not in self.known:
                known = "、".join(str(one) for one in self.known.values())
                raise ParameterError(_("“{label}”里没有“{name}”，只能是：{known}。").format(label=self.label, name=name, known=known))
            check_age(name, age)
        return value

    def read(self, text: str) -> dict[str, dict[str, int]]:
        by_words = {str(words): name for name, words in self.known.items()}
        found: dict[str, dict[str, int]] = {}
        for line in filter(None, (line.strip() for line in text.splitlines())):
            words, _space, age = line.rpartition(" ")
            if not words.strip():
                raise ParameterError(_("“{line}”要写成“名称 天数”，中间空一格，例如：社会救助 90天。").format(line=line))
            found[by_words.get(words.strip(), words.strip())] = read_age(words.strip(), age)
        return self.check(found)

    def write(self, value: Any) -> str:
        return "\n".join(f"{self.known.get(name, name)} {age_words(age)}" for name, age in value.items())


@dataclass(frozen=True)
class Categories(Parameter):
    """Some of the categories of disclosures; none means all of them."""

    def check(self, value: Any) -> list[str]:
        unknown = [one for one in value if one not in Category.values] if isinstance(value, list) else [value]
        if unknown:
            raise ParameterError(
                _("“{label}”里没有“{name}”，只能是：{known}；全部类别就空着。").format(
                    label=self.label, name=unknown[0], known="、".join(str(one) for one in Category.labels)
                )
            )
        return list(value)

    def read(self, text: str) -> list[str]:
        by_words = {str(one.label): one.value for one in Category}
        return self.check([by_words.get(word, word) for word in text.replace("，", "、").replace(",", "、").split("、") if word.strip()])

    def write(self, value: Any) -> str:
        return "、".join(str(Category(one).label) for one in value)


def check_all(parameters: Sequence[Parameter], data: Any) -> dict[str, Any]:
    """The whole set by name.

    Raises:
        ParameterError: the first thing that is wrong: a name too many, one missing, or a bad value.
    """
    if not isinstance(data, dict):
        raise ParameterError(_("指标的参数要成对写：名称和值。"))
    names = [parameter.name for parameter in parameters]
    for name in data:
        if name not in names:
            raise ParameterError(_("没有“{name}”这个参数。").format(name=name))
    for parameter in parameters:
        if parameter.name not in data:
            raise ParameterError(_("还缺“{label}”。").format(label=parameter.label))
    return {parameter.name: parameter.check(data[parameter.name]) for parameter in parameters}
