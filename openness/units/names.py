"""Names and kinds of administrative units, read from the official division list.

Source: statistics codes of the divisions (统计用区划代码): the last three digits of a village-level code tell committees
of residents (001 to 199), of villagers (200 to 399) and quasi units (from 400).
"""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

_NOTE = re.compile(r"[（(][^（）()]*[）)]")
_TOWNSHIP_SUFFIXES = {"镇": "town", "乡": "township", "街道": "street", "街道办事处": "street"}
_COMMITTEE = re.compile(r"(?:村民委员会|村委会|村委)$")


class Level(models.IntegerChoices):
    """Depth of a unit in the tree; equal to treebeard's depth when the tree starts at the province."""

    PROVINCE = 1, _("省级")
    CITY = 2, _("市级")
    COUNTY = 3, _("县级")
    TOWNSHIP = 4, _("乡级")
    VILLAGE = 5, _("村级")


class Kind(models.TextChoices):
    PROVINCE = "province", _("省")
    CITY = "city", _("市（州）")
    COUNTY = "county", _("县（市、区）")
    TOWN = "town", _("镇")
    TOWNSHIP = "township", _("乡")
    STREET = "street", _("街道")
    VILLAGE = "village", _("村")
    COMMUNITY = "community", _("社区（居委会）")
    QUASI = "quasi", _("开发区、农场等")


TIERS = {Level.COUNTY: "县级", Level.TOWNSHIP: "乡级", Level.VILLAGE: "村级"}  # as catalogues write them: data, the same in every language
LEVELS = {"province": Level.PROVINCE, "city": Level.CITY, "county": Level.COUNTY, "township": Level.TOWNSHIP, "village": Level.VILLAGE}


def clean_name(raw: str) -> str:
    """Drop the notes in brackets that the division list appends: 合隆居委会（合隆经济开发区）（省级） -> 合隆居委会."""
    previous, name = "", raw.strip()
    while name != previous:
        previous, name = name, _NOTE.sub("", name).strip()
    return name or raw.strip()


def short_name(name: str) -> str:
    """The name people say: 小岭村委会 -> 小岭村."""
    return _COMMITTEE.sub("村", name).replace("村村", "村")


def kind_of(level: Level, code: str, name: str) -> Kind:
    if level is Level.VILLAGE:
        return _kind_of_village(int(code[9:12]))
    if level is Level.TOWNSHIP:
        found = next((kind for suffix, kind in _TOWNSHIP_SUFFIXES.items() if name.endswith(suffix)), "quasi")
        return Kind(found)
    return {Level.PROVINCE: Kind.PROVINCE, Level.CITY: Kind.CITY, Level.COUNTY: Kind.COUNTY}[level]


def _kind_of_village(number: int) -> Kind:
    if number < 200:
        return Kind.COMMUNITY
    return Kind.VILLAGE if number < 400 else Kind.QUASI
