"""A county's list, and short ways to write and publish its versions."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from openness.powers.models import Kind, ListVersion, PowerEntry
from openness.powers.rules.content import Content
from openness.powers.services.drafts import begin_list, describe, start_from_current
from openness.powers.services.publish import publish

HOUSE = Content(
    "农村村民宅基地审批", "licence", "220204-XK-001", "《土地管理法》第六十二条", "镇人民政府", "乡级", "受理、审核、发证", "违法批准的"
)
TREES = Content(
    "林木采伐许可", "licence", "220204-XK-002", "《森林法》第五十六条", "县林业局", "县级", conditions="有林权证", term="一年", fee="不收费"
)
AGED = Content("高龄津贴发放", "benefit", "220204-JF-001", "《老年人权益保障法》第三十三条", "县民政局", "县级")
FIRE = Content("森林防火检查", "inspection", "220204-JC-001", "《森林防火条例》第二十四条", "镇人民政府", "乡级")
FIRST = (HOUSE, TREES, AGED, FIRE)


@pytest.fixture
def people(member, tree):
    county = tree["船营区"]
    return {
        "clerk": member("clerk", county),
        "reviewer": member("reviewer", county),
        "supervisor": member("supervisor", county),
        "administrator": member("administrator", county),
        "auditor": member("auditor", county),
        "outsider": member("reviewer", tree["龙潭区"]),
    }


@pytest.fixture
def power_list(tree, people):
    return begin_list(tree["船营区"], Kind.POWERS, people["clerk"])


@pytest.fixture
def drafted(power_list, people):
    """A draft with these entries and nothing else."""

    def make(*entries: Content, day: date = date(2025, 1, 1), **columns: object) -> ListVersion:
        draft = start_from_current(power_list, people["clerk"])
        draft.entries.all().delete()
        PowerEntry.objects.bulk_create([PowerEntry.of(draft, place, entry) for place, entry in enumerate(entries, 1)])
        describe(draft, people["clerk"], in_force_from=day, document_number=f"船政发〔{day.year}〕1号", **columns)
        return draft

    return make


@pytest.fixture
def put(drafted, people):
    """A published version."""

    def make(*entries: Content, day: date = date(2025, 1, 1)) -> ListVersion:
        return publish(drafted(*entries, day=day), people["reviewer"])

    return make


def workbook(rows: list[list[str]], name: str = "清单.xlsx") -> SimpleUploadedFile:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile(name, stream.getvalue())
