"""The one form of a policy: for the clerk's page and, field for field, for the interface."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Field
from openness.units.models import Unit
from openness.units.names import Level

from .models import Form, Genre, Policy, Tier
from .rules.matching import AUDIENCES, MOST_QUESTIONS, NEEDS
from .rules.number import parse_number
from .rules.subjects import SUBJECTS
from .rules.tags import tags_of

NOT = "不是："
_LONGEST_TEXT = 200_000
_REQUIRED = {"required": gettext_lazy("这一项要填。")}
_PLAIN = (
    "tier", "title", "issuer", "genre", "subject", "field", "formed_on", "issued_on", "effective_on", "expires_on", "text", "audiences", "needs",
    "covers",
)  # fmt: skip


def _day(label: Any, help_text: Any = "", required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={**_REQUIRED, "invalid": gettext_lazy("日期要像 2026-03-01 这样写。")},
    )  # fmt: skip


def _ticks(label: Any, choices: Any = (), help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, help_text=help_text, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("没有“%(value)s”这一项。")},
    )  # fmt: skip


def _choice(label: Any, choices: Any, required: bool = True) -> forms.ChoiceField:
    invalid = {"invalid_choice": gettext_lazy("没有“%(value)s”这一项。")}
    return forms.ChoiceField(label=label, choices=choices, required=required, error_messages={**_REQUIRED, **invalid})


class PolicyForm(forms.Form):
    """`unit` is whose policy it is: names of fields, townships and replaced policies are those of its county."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=200, error_messages=_REQUIRED)
    number = forms.CharField(
        label=gettext_lazy("文号"), max_length=60, required=False, help_text=gettext_lazy("比如：船政办发〔2026〕12号。没有就不填。")
    )
    issuer = forms.CharField(label=gettext_lazy("发文机关"), max_length=80, error_messages=_REQUIRED)
    tier = _choice(gettext_lazy("级别"), Tier.choices)
    genre = _choice(gettext_lazy("体裁"), Genre.choices)
    field = _choice(gettext_lazy("领域"), (), required=False)
    subject = _choice(gettext_lazy("主题分类"), [("", gettext_lazy("请选")), *((one, one) for one in SUBJECTS)], required=False)
    formed_on = _day(gettext_lazy("成文日期"))
    issued_on = _day(gettext_lazy("发布日期"), required=True)
    effective_on = _day(gettext_lazy("施行日期"))
    expires_on = _day(gettext_lazy("有效期到"), gettext_lazy("最后一天还有效。没有定有效期就不填。"))
    replaces = forms.CharField(
        label=gettext_lazy("代替哪几份"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写文号，一行一个。公开的时候，那几份会标明已废止。"),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("正文"), max_length=_LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("一条一行。“第几条”“一、”“（一）”会自动认出来。选了文件、这里空着，就用文件里的文字。"),
    )  # fmt: skip
    tags = forms.CharField(
        label=gettext_lazy("标签"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("群众会怎么叫它，用逗号分开，比如：高龄津贴，老人。"),
    )
    audiences = _ticks(gettext_lazy("给谁"), AUDIENCES[:-1], gettext_lazy("都不选，就是谁都可以。"))
    needs = _ticks(gettext_lazy("办什么"), NEEDS, gettext_lazy("选了，“政策直达”里才找得到。"))
    covers = _ticks(gettext_lazy("只管哪些乡镇"), (), gettext_lazy("都不选，就是全县。"))
    least_age = forms.IntegerField(label=gettext_lazy("最小多少岁"), required=False, min_value=0, max_value=120)
    most_age = forms.IntegerField(label=gettext_lazy("最大多少岁"), required=False, min_value=0, max_value=120)
    questions = forms.CharField(
        label=gettext_lazy("谁家符合"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("条件简单才写：最多三个问题，一行一个，都答“是”就符合。要答“不是”才符合的，前面写“不是：”。"),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Unit, policy: Policy | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.policy = unit, policy
        county = unit.path[: Unit.steplen * Level.COUNTY]
        towns = Unit.objects.filter(path__startswith=county, level=Level.TOWNSHIP, active=True).order_by("path")
        self.fields["covers"].choices = [(town.code, town.short_name) for town in towns]  # type: ignore[attr-defined]
        names = Field.objects.filter(standard__status="in_force", standard__area=unit.code[:6]).values_list("name", flat=True)
        self.fields["field"].choices = [("", _("请选")), *((name, name) for name in dict.fromkeys(names))]  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        text = self.cleaned_data["number"].strip()
        found = parse_number(text) if text else None
        if text and found is None:
            raise forms.ValidationError(_("文号看不懂，要像“船政办发〔2026〕12号”这样写。"))
        self.parsed = found
        return str(found) if found else ""

    def clean_replaces(self) -> list[int]:
        """Raises: ValidationError: a line names nothing public."""
        lines = [line.strip() for line in self.cleaned_data["replaces"].splitlines() if line.strip()]
        keys, unknown = _keys_of(lines)
        if unknown:
            raise forms.ValidationError(_("没有找到公开的这一份：{names}。").format(names="、".join(unknown)))
        return [key for key in keys if self.policy is None or key != self.policy.pk]

    def clean_questions(self) -> list[dict[str, Any]]:
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        if len(lines) > MOST_QUESTIONS:
            raise forms.ValidationError(_("最多三个问题。条件多的，让群众看政策要点。"))
        return [{"ask": line.removeprefix(NOT)[:60], "yes": not line.startswith(NOT)} for line in lines]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "text" not in self.errors and not data.get("text", "").strip():
            self.add_error("text", _("写正文，或者选一个读得出文字的文件。"))
        least, most = data.get("least_age"), data.get("most_age")
        if least is not None and most is not None and most < least:
            self.add_error("most_age", _("最大的比最小的还小。"))
        return data

    def columns(self) -> dict[str, Any]:
        """What the row takes. Call when the form is valid."""
        data = self.cleaned_data
        ages = {name: data[f"{name}_age"] for name in ("least", "most") if data[f"{name}_age"] is not None}
        word, year, serial = (self.parsed.word, self.parsed.year, self.parsed.serial) if self.parsed else ("", None, None)
        return {
            **{name: data[name] for name in _PLAIN}, "number": data["number"], "number_word": word, "number_year": year, "number_serial": serial,
            "tag_words": tags_of(data["tags"]), "conditions": [{"kind": "age", **ages}] if ages else [], "replaces": data["replaces"],
            "questions": data["questions"],
        }  # fmt: skip


def _keys_of(lines: Sequence[str]) -> tuple[list[int], list[str]]:
    """The public policies that the lines name by number or title, and the lines that name none. One query."""
    numbers = {line: str(found) if (found := parse_number(line)) else "" for line in lines}
    rows = Policy.objects.public().filter(Q(number__in=[one for one in numbers.values() if one]) | Q(title__in=lines))
    by = {name: pk for pk, number, title in rows.values_list("pk", "number", "title") for name in (number, title) if name}
    known = {line: by.get(numbers[line] or line) or by.get(line) for line in lines}
    return [key for key in known.values() if key], [line for line, key in known.items() if not key]


def initial_of(policy: Policy) -> dict[str, Any]:
    """The form's fields from a draft."""
    age: dict[str, Any] = next((one for one in policy.conditions if one.get("kind") == "age"), {})
    replaced = Policy.objects.in_bulk(policy.replaces).values()
    return {
        **{name: getattr(policy, name) for name in _PLAIN}, "number": policy.number, "tags": "，".join(policy.tag_words),
        "replaces": "\n".join(one.number or one.title for one in replaced), "least_age": age.get("least"), "most_age": age.get("most"),
        "questions": "\n".join(one["ask"] if one["yes"] else f"{NOT}{one['ask']}" for one in policy.questions),
    }  # fmt: skip


class InterpretationForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("标题"), max_length=200, error_messages=_REQUIRED)
    form = _choice(gettext_lazy("形式"), Form.choices)
    issuer = forms.CharField(
        label=gettext_lazy("解读单位"), max_length=80, error_messages=_REQUIRED, help_text=gettext_lazy("谁起草政策，谁解读。")
    )
    text = forms.CharField(
        label=gettext_lazy("文字"), max_length=_LONGEST_TEXT, error_messages=_REQUIRED, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("视频、图解也要有文字版：看不见、听不见的人靠它。问答一行问、一行答。"),
    )  # fmt: skip
    video = forms.URLField(
        label=gettext_lazy("视频地址"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("地址要从 http 写起。")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("form") == Form.VIDEO and not data.get("video") and "video" not in self.errors:
            self.add_error("video", _("视频解读要写视频地址。"))
        return data
