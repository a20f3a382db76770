"""An article's old date never is evidence: whatever it says, every cell of the ledger is the same as without it. And whatever stands in a file, the
dry run ends with a finding for each row and never with an error.
"""

from datetime import date, datetime

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.limits import parse_limit
from openness.disclosures.models import Disclosure
from openness.disclosures.services.bulk import publish_many
from openness.imports.models import ImportRow
from openness.imports.services.articles import article_of
from openness.supervision.models import Obligation
from openness.supervision.services.generate import generate
from openness.supervision.services.verify import differences
from tests.conftest import make_item
from tests.imports.conftest import HEAD, private_files, work, workbook  # noqa: F401  (a fixture)

quietly = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
LIMITS = {"财务": "每季度的首个月20日", "审批": "信息形成之日起20个工作日内", "电话": "长期公开"}
old_dates = st.dates(date(1995, 1, 1), date(2026, 12, 31))


class _Undone(Exception):
    pass


def ledger(text: Disclosure, at: datetime) -> list[tuple[object, ...]]:
    """Every cell after this text alone was published; nothing of it stays."""
    found: list[tuple[object, ...]] = []
    try:
        with transaction.atomic():
            publish_many([text], "甲 #1", "乙 #2", lambda _text: at)
            assert [str(one) for one in differences()] == []
            found = list(Obligation.objects.order_by("pk").values_list("pk", "state", "due_on", "done_on"))
            raise _Undone
    except _Undone:
        return found


@pytest.mark.django_db
@pytest.mark.parametrize("name", LIMITS)
def test_the_old_date_changes_no_cell(tree, village, name):
    item = make_item(name=name)
    item.limit = parse_limit(LIMITS[name])
    item.save()
    generate()
    period = "2026-Q1" if item.cadence == "quarter" else ""

    def text(old: date | None) -> Disclosure:
        words = {"title": "旧文章", "period": period, "formed_on": date(2026, 1, 5), "body": [("text", "<p>内容</p>")]}
        return Disclosure(unit=village, item=item, originally_published_on=old, **words)

    @given(old=old_dates, day=st.dates(date(2026, 1, 6), date(2026, 11, 1)))
    @quietly
    def holds(old: date, day: date) -> None:
        at = timezone.make_aware(datetime(day.year, day.month, day.day, 10))
        assert ledger(text(old), at) == ledger(text(None), at)

    holds()


@pytest.mark.django_db
def test_whatever_stands_in_the_cells_every_row_gets_an_answer(tree, member, item, private_files):  # noqa: F811
    from django.core.files.uploadedfile import SimpleUploadedFile

    from openness.imports.models import Kind
    from openness.imports.services.receive import receive
    from openness.units.refusal import Refused

    clerk = member("clerk", tree["搜登站镇"])
    cells = st.sampled_from(
        ["", "搜登站村", "宅基地审批情况", "2026-01-05", "2026年第三季度", "=1+1", "\u202e", "0", "1E+05", "是", "（", "第一季度"]
    ) | st.text(max_size=20)

    @given(rows=st.lists(st.lists(cells, min_size=len(HEAD), max_size=len(HEAD)), min_size=1, max_size=6))
    @quietly
    def holds(rows: list[list[str]]) -> None:
        ImportRow.objects.all().delete()
        try:
            job = receive(clerk, Kind.TABLE, SimpleUploadedFile("a.xlsx", workbook(*rows)))
        except Refused:
            return
        job = work(job)
        assert (job.phase, job.fault, job.good + job.bad) == ("checked", "", job.total)
        assert all(row.findings for row in ImportRow.objects.filter(job=job, state="bad"))
        job.delete()

    holds()


@given(
    html=st.text()
    | st.lists(
        st.sampled_from(["<div>", "</p>", "<table>", "<tr><td>", "</table>", "字", "<script>", "<!--", "<b", "&lt;", "<img src=x>", "<br>"])
    ).map("".join)
)
@quietly
def test_whatever_the_html_no_script_stays(html: str):
    made = article_of(html)
    assert not any("<script" in str(block["value"]).lower() for block in made.blocks)
