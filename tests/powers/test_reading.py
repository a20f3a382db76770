"""A sheet of a list: columns by name, merged cells, faults as sentences with row numbers, and nothing written before it was looked at."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from openness.powers.models import Kind, ListVersion, PowerUpload
from openness.powers.services.drafts import accept, begin_list, contents_of, receive
from openness.powers.services.export import csv_lines, write_xlsx
from openness.units.refusal import Refused

from .conftest import FIRST, workbook

pytestmark = pytest.mark.django_db
HEAD = ["序号", "职权编码", "权力名称", "权力类型", "设定依据", "实施主体", "联系人"]


def test_columns_are_known_by_the_names_that_offices_use_and_merged_cells_are_filled(power_list, people):
    rows = [
        HEAD,
        ["1", "A1", "宅基地审批", "行政许可", "《土地管理法》第六十二条", "镇政府", ""],
        ["2", "A2", "砍树", "", "《森林法》", "同上", "甲"],
    ]
    read, upload = receive(power_list, workbook(rows), people["clerk"])
    assert read.faults == []
    assert [(one.code, one.name, one.matter, one.body) for one in read.entries] == [
        ("A1", "宅基地审批", "licence", "镇政府"),
        ("A2", "砍树", "licence", "镇政府"),
    ]
    assert "联系人" in read.said[-1]
    assert upload is not None
    assert ListVersion.objects.count() == 0, "nothing is written before somebody has looked"
    draft = accept(upload, people["clerk"])
    assert contents_of(draft) == read.entries
    assert PowerUpload.objects.count() == 0


def test_every_fault_is_a_sentence_with_its_row_and_nothing_is_kept(power_list, people):
    rows = [
        HEAD,
        ["1", "A1", "", "行政许可", "《土地管理法》", "镇政府"],
        ["2", "A2", "甲", "行政收割", "《森林法》", "县局"],
        ["3", "A2", "乙", "行政许可", "", "县局"],
    ]
    read, upload = receive(power_list, workbook(rows), people["clerk"])
    assert upload is None
    assert PowerUpload.objects.count() == 0
    assert read.faults[0] == "第 2 行：没有写名称。"
    assert read.faults[1].startswith("第 3 行：类型“行政收割”不认识")
    assert "第 4 行：没有写依据。" in read.faults
    assert "第 4 行：“乙”和第 3 行是同一个编码或者名称。" in read.faults


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (workbook([["编码", "名称"], ["1", "甲"]]), "没有找到这几列：类型、依据、实施主体"),
        (workbook([HEAD]), "没有一行内容"),
        (SimpleUploadedFile("清单.xlsx", b""), "空文件"),
        (SimpleUploadedFile("清单.docx", b"PK\x03\x04not a zip"), ""),
        (SimpleUploadedFile("x.json", b'[{"a": 1}]'), "csv"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(power_list, people, file, words):
    with pytest.raises(Refused) as refused:
        receive(power_list, file, people["clerk"])
    assert words in str(refused.value)


def test_a_list_of_licences_needs_no_column_for_the_kind(tree, people):
    licences = begin_list(tree["船营区"], Kind.LICENCES, people["clerk"])
    read, _upload = receive(licences, workbook([["许可事项名称", "依据", "实施机关"], ["采伐", "《森林法》", "林业局"]]), people["clerk"])
    assert read.entries[0].matter == "licence"
    assert read.entries[0].key.startswith("n")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_taken_away_reads_back_the_same(power_list, people, kind):
    entries = [*FIRST, type(FIRST[0])("=1+1", "other", "-9", "《土地管理法》", "@甲", note="第一行\n第二行")]
    if kind == "csv":
        body = "".join(csv_lines(entries)).encode()
    else:
        stream = BytesIO()
        write_xlsx(entries, "清单", stream)
        body = stream.getvalue()
    read, _upload = receive(power_list, SimpleUploadedFile(f"清单.{kind}", body), people["clerk"])
    assert (read.faults, read.entries) == ([], entries)


def test_only_who_writes_here_may_send_a_sheet(power_list, people):
    for name in ("reviewer", "supervisor", "auditor", "outsider"):
        with pytest.raises(PermissionDenied):
            receive(power_list, workbook([HEAD]), people[name])
