"""Every given file against the rows its maker wrote down, cell by cell."""

import csv
import io
from pathlib import Path

import pytest

from catalog.reading import read_bytes, read_catalogue
from catalog.writing import sheet_to_write, write_catalogue

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "catalogues"
if not SHARED.is_dir():
    raise RuntimeError("the given catalogues are not beside the checkout: ../shared/data/catalogues")

FILES = {
    "community-shiguangsicun.xlsx": "上海市杨浦区殷行街道市光四村第二居委会",
    "jilin-sudengzhan-village-list.xlsx": "吉林省吉林市船营区搜登站镇",
    "street-wingdings-marks.xlsx": "四川省江油市中坝街道",
    "township-phones-pingwu.xlsx": "四川省平武县(乡镇)",
    "township-standard-fengtun.xlsx": "云南省牟定县凤屯镇",
    "township-village-land.xlsx": "中山市五桂山(乡镇级)",
    "village-field-first-xujiahu.xlsx": "山东省沂水县许家湖镇(村/社区)",
    "village-finance-2011-13.xlsx": "农业部、监察部",
    "village-seven-columns.xlsx": "浙江某县(镜像页)",
}
# What rows.csv knows from elsewhere and the file itself does not hold, or holds otherwise; nothing else may differ.
NOT_IN_FILE = {
    "jilin-sudengzhan-village-list.xlsx": {"elements", "publisher", "tiers"},
    "village-finance-2011-13.xlsx": {"elements", "audience"},
    "village-seven-columns.xlsx": {"elements"},
    "township-phones-pingwu.xlsx": {"tiers"},
    "community-shiguangsicun.xlsx": {"audience", "method"},
}
FENGTUN_HAS_NO_VILLAGE_COLUMN = "扶贫(乡村振兴)"


def told() -> list[dict[str, str]]:
    with (SHARED / "rows.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def expected(row: dict[str, str]) -> dict[str, object]:
    tiers = [name for name, key in (("县级", "tier_county"), ("乡级", "tier_township"), ("村级", "tier_village")) if row[key]]
    audience = (["全社会"] if row["audience_all"] else []) + ([row["audience_specific"]] if row["audience_specific"] else [])
    method = [name for name, key in (("主动公开", "method_proactive"), ("依申请公开", "method_on_request")) if row[key]]
    return {
        "field": row["field"].removesuffix("(吉林)"), "level1": row["level1_item"], "level2": row["level2_item"], "level3": "",
        "elements": row["content_elements"], "basis": row["legal_basis"], "time_limit": row["time_limit"],
        "publisher": row["publisher"], "audience": audience, "method": method, "tiers": tiers,
    }  # fmt: skip


def file_rows(name: str):
    return list(read_catalogue(SHARED / name).rows)


def csv_rows(name: str) -> list[dict[str, str]]:
    return [row for row in told() if row["issuer"] == FILES[name]]


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_read_in_order(name: str) -> None:
    assert len(file_rows(name)) == len(csv_rows(name)) > 0
    for read, row in zip(file_rows(name), csv_rows(name), strict=True):
        assert read.level1 == row["level1_item"]
        assert name == "township-phones-pingwu.xlsx" or read.seq == row["seq"].rsplit("-", 1)[-1]


@pytest.mark.parametrize("name", FILES)
def test_every_cell_is_as_told(name: str) -> None:
    for read, row in zip(file_rows(name), csv_rows(name), strict=True):
        got, want = read.as_json(), expected(row)
        for key in NOT_IN_FILE.get(name, ()):
            assert not got[key] or key in ("audience", "method")
            want.pop(key)
        if row["field"] == FENGTUN_HAS_NO_VILLAGE_COLUMN:
            want["tiers"] = [tier for tier in want["tiers"] if tier != "村级"]
        assert {key: got[key] for key in want} == want


def test_the_community_ticks_that_the_list_lost_are_in_the_file() -> None:
    rows = file_rows("community-shiguangsicun.xlsx")
    assert {(row.audience, row.method) for row in rows} == {(("全社会",), ("主动公开",))}


def chosen(text: str) -> list[str]:
    return [part.removeprefix("■") for part in text.split() if part.startswith("■")]


@pytest.mark.parametrize("name", FILES)
def test_the_channels_chosen_are_those_told(name: str) -> None:
    for read, row in zip(file_rows(name), csv_rows(name), strict=True):
        if "■" in row["channels"]:
            assert sorted(read.channels) == sorted(chosen(row["channels"]))
        elif "□" in row["channels"]:
            assert read.channels == ()
            assert any("没有选中" in problem for problem in read.problems)
        elif row["channels"] in PLAIN:
            assert list(read.channels) == PLAIN[row["channels"]]
        else:
            assert list(read.channels) == ([row["channels"]] if row["channels"] else [])


PLAIN = {
    "居务公开栏、全岗通电子显示屏、“社区云”小程序": ["居务公开栏", "全岗通电子显示屏", "“社区云”小程序"],
    "居务公开栏、电子显示屏(全岗通)、会议公开": ["居务公开栏", "电子显示屏(全岗通)", "会议公开"],
    "政府网站/被征收范围内公告栏": ["政府网站", "被征收范围内公告栏"],
    "乡镇便民服务中心/村委会公示栏": ["乡镇便民服务中心", "村委会公示栏"],
    "村务公开栏、政府网站": ["村务公开栏", "政府网站"],
    "固定公开栏;广播、网络、“明白纸”、会议、电子触摸屏": ["固定公开栏", "广播", "网络", "“明白纸”", "会议", "电子触摸屏"],
}


def test_only_the_rows_that_say_nothing_sure_need_a_person() -> None:
    doubtful = {(name, row.level1): len(row.problems) for name in FILES for row in file_rows(name) if row.problems}
    assert doubtful == {
        ("village-field-first-xujiahu.xlsx", "支农惠农政策"): 1,
        ("village-field-first-xujiahu.xlsx", "计划生育"): 2,
        ("village-field-first-xujiahu.xlsx", "救灾救济款物分配和物资管理"): 1,
        ("village-field-first-xujiahu.xlsx", "新型农村合作医疗"): 1,
    }


def test_notes_and_extra_columns_are_kept() -> None:
    reading = read_catalogue(SHARED / "township-standard-fengtun.xlsx")
    assert [sheet.notes[0][:2] for sheet in reading.sheets] == ["注:"] * 3
    phones = file_rows("township-phones-pingwu.xlsx")
    assert {row.extra["咨询及监督举报电话"] for row in phones} == {"0816-0000000"}
    assert {row.raw["method"] for row in phones} == {"全文发布"}


@pytest.mark.parametrize("name", FILES)
def test_a_round_trip_through_the_writer_changes_nothing(name: str) -> None:
    reading = read_catalogue(SHARED / name)
    stream = io.BytesIO()
    write_catalogue([sheet_to_write(sheet) for sheet in reading.sheets], stream)
    assert read_bytes(stream.getvalue()) == reading
