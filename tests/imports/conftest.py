"""Files as clerks make them, and the way of a job."""

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from catalog.limits import parse_limit
from openness.imports.models import ImportJob, ImportRow, Kind
from openness.imports.services.advance import advance_all
from openness.imports.services.decide import begin_import, begin_undo
from openness.imports.services.receive import receive
from tests.conftest import make_item

HEAD = ["单位", "公开事项", "标题", "类别", "期次", "信息形成日期", "文号", "一句话看懂", "内容", "公示开始", "公示结束", "公示期满后撤下"]
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    """The private storage is made once a process: its place is set for each test."""
    from catalog.models.upload import private

    lazy = private()
    before = lazy.location  # set up now
    _move(lazy._wrapped, str(tmp_path / "private"))
    yield tmp_path / "private"
    _move(lazy._wrapped, before)


def _move(storage, place: str) -> None:
    storage._location = place
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)


@pytest.fixture
def finance(db):
    """An item that is answered every quarter."""
    made = make_item(name="村级财务收支", field="村级财务")
    made.limit = parse_limit("每季度的首个月20日")
    made.save()
    return made


@pytest.fixture
def clerk(member, tree, item):
    """A township's clerk, who keeps its villages too."""
    return member("clerk", tree["搜登站镇"], first_name="经某")


def row(**cells: str) -> list[str]:
    """One good row of the template, but for what is given."""
    good = {
        "单位": "搜登站村", "公开事项": "宅基地审批情况", "标题": "2026年宅基地审批情况", "信息形成日期": "2026-01-05", "内容": "本季度批准宅基地两户，每户一百二十平方米，都已经公示过，没有人提意见。",
    }  # fmt: skip
    values = {**good, **cells}
    return [values.get(name, "") for name in HEAD]


def workbook(*rows: list, head: list[str] = HEAD) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("填这里")
    for number, cells in enumerate([head, *rows]):
        for place, cell in enumerate(cells):
            sheet.write(number, place, cell)
    book.close()
    return stream.getvalue()


def bring(user, data: bytes, name: str = "一季度.xlsx", kind: Kind = Kind.TABLE) -> ImportJob:
    return receive(user, kind, SimpleUploadedFile(name, data))


def work(job: ImportJob) -> ImportJob:
    """What the worker does until the job waits for a person."""
    while advance_all():
        pass
    return ImportJob.objects.get(pk=job.pk)


def checked(user, *rows: list, **options) -> ImportJob:
    return work(bring(user, workbook(*rows, **options)))


def imported(job: ImportJob, mode: str = "all") -> ImportJob:
    begin_import(job, mode)
    return work(job)


def undone(job: ImportJob, by: str = "经某 #1") -> ImportJob:
    begin_undo(job, by)
    return work(job)


def said(job: ImportJob) -> dict[int, list[str]]:
    """Number of the row -> sentences."""
    return {one.number: [sentence for _level, sentence in one.findings] for one in ImportRow.objects.filter(job=job)}


def page(client, user, name: str, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def days_ago(number: int):
    return timezone.now() - timedelta(days=number)
