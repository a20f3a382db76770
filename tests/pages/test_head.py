"""What every public page tells machines: the right tags, written once."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.periods import parse_period
from openness.pages.head import COLUMN_TYPES, Column
from openness.participation.models import Kind
from openness.participation.services.handle import Act, Step, take
from openness.participation.services.receive import Sent, receive
from openness.supervision.services.notice import draft_notice, issue
from tests.public.samples import SAMPLES

from .addresses import ARTICLE, IN_DEMO, LINES, NEEDED, NO_PAGE, SITE, metas, tags_of

pytestmark = pytest.mark.django_db
PAGES = [name for name, line in LINES.items() if line.tags != NO_PAGE and line.thing != IN_DEMO]


def data_of(page: str) -> list[dict]:
    return [json.loads(words) for words in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


@pytest.fixture
def things(home, published, village, tree, member, settings):
    """What an address is asked for, made when it is wanted."""

    def of(thing: str) -> list:
        return {
            "": lambda: [],
            "disclosure": lambda: [published(document_number="搜政发〔2026〕3号").pk],
            "notice of a village": notice,
            "item": lambda: [published().item.pk],
            "unit": lambda: [village.code],
            "indicator": lambda: [village.code, "disclosed"],
            "message": message,
            "issued notice": issued,
        }[thing]()

    def notice() -> list:
        today = timezone.localdate()
        return [published(notice_from=today - timedelta(days=1), notice_until=today + timedelta(days=20)).pk]

    def message() -> list:
        row = receive(Sent(kind=Kind.MESSAGE, unit=village, text="村口的路灯坏了", name="李大娘", phone="13900000001", wants_public=True))
        take(row, Step.SHOW, member("clerk", village), Act(public_text="村口的路灯坏了"))
        return [row.number]

    def issued() -> list:
        period = parse_period(f"{timezone.localdate().year - 1}-Q4")
        made = draft_notice(tree["船营区"], period, member("supervisor", tree["船营区"]))
        issue(made, member("supervisor", tree["船营区"]))
        return [made.pk]

    return of


def test_every_public_address_says_which_tags_its_page_has():
    assert sorted(SAMPLES) == sorted(LINES), "write a line for it in tests/pages/addresses.py"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_tags_of_its_kind_and_no_others(client, things, name):
    line = LINES[name]
    answer = client.get(reverse(name, args=things(line.thing)))
    assert answer.status_code == 200, answer
    found = metas(answer.content.decode())
    assert tags_of(found) == NEEDED[line.tags]
    assert all(found[one] for one in NEEDED[line.tags] if one != "SiteIDCode")
    if line.tags != SITE:
        assert found["ColumnType"] in COLUMN_TYPES
    if line.tags == ARTICLE:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", found["PubDate"])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_its_one_address_and_what_it_is_about(client, things, name, settings):
    settings.SITE_URL = "https://www.example.gov.cn"
    url = reverse(name, args=things(LINES[name].thing))
    page = client.get(url, {"size": "l"}).content.decode()
    found = metas(page)
    assert f'<link rel="canonical" href="https://www.example.gov.cn{url}">' in page
    assert found["og:url"] == f"https://www.example.gov.cn{url}"
    assert found["og:type"] == ("article" if LINES[name].tags == ARTICLE else "website")
    assert found["og:title"] == unescape(re.search(r"<title>(.*?) - ", page)[1])
    assert found["og:description"] == found["description"]
    assert (found["og:site_name"], found["og:locale"]) == (found["SiteName"], "zh_CN")


def test_the_pages_of_a_list_have_addresses_of_their_own(client, things):
    url = reverse("messages")
    assert f'{url}?page=2">' in client.get(url, {"page": "2", "show": "answered"}).content.decode()
    assert f'{url}">' in client.get(url, {"page": "1"}).content.decode()


def test_a_disclosure_is_told_as_a_report_of_its_unit(client, published):
    disclosure = published(title="低保<名单>&“更正”", summary="新增两户")
    page = client.get(disclosure.get_absolute_url()).content.decode()
    report = next(one for one in data_of(page) if one["@type"] == "Report")
    assert report["headline"] == "低保<名单>&“更正”"
    assert report["description"] == "新增两户"
    assert report["reportNumber"] == disclosure.index_number
    assert report["author"]["name"] == disclosure.unit.name
    assert report["datePublished"] == disclosure.first_published_at.isoformat()
    steps = next(one for one in data_of(page) if one["@type"] == "BreadcrumbList")["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[-1]["name"] == disclosure.item.name


def test_the_home_page_tells_how_the_site_is_searched(client, home):
    site = next(one for one in data_of(client.get("/").content.decode()) if one["@type"] == "WebSite")
    assert site["potentialAction"]["target"]["urlTemplate"].endswith("/search/?q={search_term_string}")
    assert site["publisher"]["@type"] == "GovernmentOrganization"


def test_words_cannot_leave_the_data(client, published):
    page = client.get(published(title="</script><script>alert(1)</script>").get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert any(one.get("headline") == "</script><script>alert(1)</script>" for one in data_of(page))


def test_a_column_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="ColumnType"):
        Column("帮助", "帮助", "", "")


def test_icons_stand_where_browsers_ask_for_them(client, home):
    page = client.get("/").content.decode()
    for path in ("/favicon.ico", "/apple-touch-icon.png"):
        assert f'href="{path}"' in page
        assert client.get(path).status_code == 200
