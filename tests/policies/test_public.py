"""What residents see: the library, a policy, its interpretation, 政策直达; nothing that is not public, the same queries for 3 and 30."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openness.disclosures.models import Attachment
from openness.policies.models import Policy
from openness.policies.search import register
from openness.policies.services.card import write_card
from openness.policies.services.entry import change
from openness.policies.services.publish import publish, withdraw
from openness.policies.services.repeal import repeal
from search.documents import Document
from search.registry import registry

from .conftest import LINES, TEXT

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def get(client, url: str, **query) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200, url
    return answer.content.decode()


def many(write, make_public, numbers: range) -> list[Policy]:
    """Of these numbers, each with words of its own."""
    signs = {n: f"{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'子丑寅卯辰巳午未申酉'[n // 10]}" for n in numbers}
    texts = {n: f"一、{sign}。\n二、{sign * 30}。" for n, sign in signs.items()}
    return [make_public(write(f"第{n}号通知", text, tag_words=[f"标签{n % 7}"], needs=["money"])) for n, text in texts.items()]


# The list


def test_nothing_but_what_is_public_is_listed(client, public, write, people):
    shown, draft, gone = (
        public("公开的通知"),
        write("草稿", "一、还没有定下来的事，先写在这里放着。"),
        public("撤下的", "一、发错了的事情，后来撤下来了，放在这里。"),
    )
    withdraw(gone, people["reviewer"], "发错了")
    page = get(client, "/policies/")
    assert shown.title in page
    assert draft.title not in page
    assert gone.title not in page
    assert client.get(draft.get_absolute_url()).status_code == 404
    answer = client.get(gone.get_absolute_url())
    assert answer.status_code == 410
    assert "发错了" in answer.content.decode()


@pytest.fixture
def three(public, people):
    """In force, void by date, repealed; of three fields and tiers."""
    valid = public("高龄津贴办法", TEXT, number="船民发〔2026〕3号", field="养老服务", tag_words=["老人"])
    ended = public(
        "耕地补贴方案",
        "一、每亩八十元，六月底以前发到农户的一卡通里。",
        tier="city",
        field="涉农补贴",
        issued_on=TODAY - timedelta(days=800),
        expires_on=TODAY - timedelta(days=1),
    )
    over = public(
        "返乡补助通知", "一、春节返乡的务工人员，每个人补助一百元。", tier="province", field="社会保险", tag_words=["务工", "老人"]
    )
    repeal(over, people["reviewer"], TODAY, "清理文件")
    return valid, ended, over


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {0, 1, 2}),
        ({"state": "valid"}, {0}),
        ({"state": "void"}, {1, 2}),
        ({"tier": "city"}, {1}),
        ({"field": "养老服务"}, {0}),
        ({"tag": "老人"}, {0, 2}),
        ({"tag": "老人", "state": "void"}, {2}),
        ({"q": "船民发[2026]3号"}, {0}),
        ({"q": "补"}, {1, 2}),
        ({"q": "一卡通"}, {1}),
        ({"q": "没有这个词"}, set()),
        ({"tier": "x", "state": "y", "year": "abcd", "page": "z"}, {0, 1, 2}),
    ],
)
def test_conditions_of_the_address(client, three, query, found):
    page = get(client, "/policies/", **query)
    assert {n for n, policy in enumerate(three) if f'href="{policy.get_absolute_url()}"' in page} == found
    feed = client.get("/policies/feed.atom", query).content.decode()
    assert {n for n, policy in enumerate(three) if f"<title>{policy.title}</title>" in feed} == found


def test_new_ones_by_mail_under_the_conditions_that_search_has_too(client, public):
    policy = public(field="养老服务", tag_words=["老人"])
    page = get(client, "/policies/", field="养老服务", tag="老人", tier="county")
    address = unescape(re.findall(r'href="(/subscriptions/new/[^"]+)"', page)[0])
    said = dict(parse_qsl(urlsplit(address).query))
    register()
    document = registry.kinds["policy"].build([str(policy.pk)])[str(policy.pk)]
    assert said == {"category": document.category, "field": document.field, "tag": document.tags[0]}
    assert "政策文件" in get(client, address)


def test_counts_stand_beside_each_condition_and_are_right(client, three):
    facets = {facet.name: {one.value: one.count for one in facet.options} for facet in client.get("/policies/?tag=老人").context["facets"]}
    assert facets["state"] == {"valid": 1, "void": 1}
    assert facets["tag"] == {"老人": 2, "务工": 1}
    assert facets["tier"] == {"county": 1, "province": 1}
    assert sum(facets["year"].values()) == 2


def test_the_same_queries_for_three_and_thirty(client, write, make_public, carded):
    def asked(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, url)
        return len(queries)

    few = many(write, make_public, range(3))
    for policy in few:
        carded(policy, {"whom": {"text": "人", "anchor": "s1"}, "where": {"text": "村", "anchor": "s2"}})
    urls = ("/policies/?state=valid", "/policies/match/?who=elder&need=money", few[0].get_absolute_url())
    before = [asked(url) for url in (*urls, *urls)][3:]  # the first time fills Wagtail's own memory of its sites
    for policy in many(write, make_public, range(3, 30)):
        carded(policy, {"whom": {"text": "人", "anchor": "s1"}, "where": {"text": "村", "anchor": "s2"}})
    assert [asked(url) for url in urls] == before
    assert max(before) < 30


# One policy


def test_the_page_of_a_policy(client, public, carded, interpret, people):
    policy = carded(public(number="船民发〔2026〕3号", tag_words=["老人"]))
    page = get(client, policy.get_absolute_url())
    for words in (
        "船民发〔2026〕3号",
        policy.index_number,
        "政策要点",
        "满 80 岁的本县老人",
        'href="#t2"',
        'id="t2"',
        "以原文为准",
        "核对",
        "还没有解读",
        "首次公开",
    ):
        assert words in page
    assert 'content="政策文件"' in page


def test_a_card_that_nobody_checked_is_not_there(client, public, people):
    policy = public()
    write_card(policy, LINES, people["clerk"])
    assert 'id="card-' not in get(client, policy.get_absolute_url())


def test_void_in_red_with_the_way_to_the_new_one(client, public, write, make_public, carded):
    old = carded(public("老通知"))
    new = make_public(write("新通知", TEXT.replace("一百元", "二百元"), replaces=[old.pk]))
    page = get(client, old.get_absolute_url())
    assert 'class="void"' in page
    assert "废止" in page
    assert f'href="{new.get_absolute_url()}"' in page
    assert 'id="card-' not in page
    assert f'href="{old.get_absolute_url()}"' in get(client, new.get_absolute_url())


def test_policy_and_interpretation_lead_to_each_other(client, write, interpret, people, make_public):
    policy = write()
    text = interpret(policy)
    make_public(policy)
    assert text.get_absolute_url() in get(client, policy.get_absolute_url())
    assert policy.get_absolute_url() in get(client, text.get_absolute_url())


def test_an_attachment_can_be_had_while_its_policy_is_public(client, write, make_public, county, people):
    file = Attachment.objects.create(title="申请表", file=ContentFile(b"form", "form.txt"), unit=county)
    policy = write(files=[file.pk])
    assert client.get(file.url).status_code == 404
    make_public(policy)
    assert "申请表" in get(client, policy.get_absolute_url())
    assert client.get(file.url).status_code == 200
    withdraw(Policy.objects.get(pk=policy.pk), people["reviewer"], "发错了")
    assert client.get(file.url).status_code == 404


def test_three_questions_of_a_simple_policy(client, public):
    policy = public(questions=[{"ask": "满 80 岁了吗？", "yes": True}, {"ask": "住在养老院吗？", "yes": False}])
    url = policy.get_absolute_url()
    assert "谁家符合" in get(client, url)
    assert "像是符合" in get(client, url, a1="y", a2="n")
    assert "像是不符合" in get(client, url, a2="y")
    assert "还有问题没有答" in get(client, url, a1="y")
    assert "noindex" in get(client, url, a1="y")


def test_words_of_the_text_are_words_and_no_markup(client, public):
    policy = public(text="第一条 <script>alert(1)</script>写在里面的也只是字，没有别的。")
    assert "<script>alert" not in get(client, policy.get_absolute_url())


# 政策直达


def test_who_what_where_and_why(client, public, carded, tree):
    fits = carded(public(audiences=["elder"], needs=["money"], conditions=[{"kind": "age", "least": 80}]))
    page = get(client, "/policies/match/", who="elder", need="money", where="220204101", age="82")
    assert f'href="{fits.get_absolute_url()}"' in page
    for words in ("您选了“老人”", "您 82 岁，符合“满 80 岁”", "满 80 岁的本县老人", "noindex"):
        assert words in page
    assert "没有找到现成的" in get(client, "/policies/match/", who="elder", need="money", age="79")
    assert "没有找到现成的" in get(client, "/policies/match/", who="elder", need="money", where="220203100")
    assert "都要选一个" in get(client, "/policies/match/", who="elder")
    assert "noindex" not in get(client, "/policies/match/")


@pytest.mark.parametrize("how", ["unchecked", "repealed", "ended", "withdrawn", "later", "corrected"])
def test_void_and_unchecked_policies_are_never_matched(client, public, carded, people, how):
    more = {"ended": {"expires_on": TODAY - timedelta(days=1)}, "later": {"effective_on": TODAY + timedelta(days=1)}}.get(how, {})
    policy = public(audiences=["elder"], needs=["money"], **more)
    if how != "unchecked":
        policy = carded(policy)
    if how == "repealed":
        repeal(policy, people["reviewer"], TODAY, "清理")
    if how == "withdrawn":
        withdraw(policy, people["reviewer"], "发错了")
    if how == "corrected":
        change(policy, {"text": TEXT.replace("一百", "二百")}, people["clerk"])
        Policy.objects.filter(pk=policy.pk).update(stage="sent")
        publish(policy, people["reviewer"])
    assert "没有找到现成的" in get(client, "/policies/match/", who="elder", need="money")


# Search


def test_the_index_gets_what_is_public_and_forgets_what_is_withdrawn(public, write, interpret, people, tree):
    register()
    policy = public(number="船民发〔2026〕3号", field="养老服务", tag_words=["老人"])
    kind = registry.kinds["policy"]
    document: Document = kind.build([str(policy.pk)])[str(policy.pk)]
    assert (document.number, document.field, document.url) == (policy.number, "养老服务", policy.get_absolute_url())
    assert document.tags == ("老人",)
    assert list(kind.all_keys()) == [str(policy.pk)]
    assert [one.key for one in kind.search_plain("高龄津贴", 5)] == [str(policy.pk)]
    withdraw(policy, people["reviewer"], "发错了")
    assert kind.build([str(policy.pk)]) == {}
    assert kind.public_count() == 0
