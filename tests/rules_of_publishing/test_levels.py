"""How hard a rule is: as data, by county and by day, never below its floor, with a reason and a name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.models import RuleSetting
from openness.disclosures.rules import Level, issues_of, warnings_of
from openness.disclosures.rules.all import BY_CODE, RULES
from openness.disclosures.services.rule_settings import Levels, SettingRefused, Wish, set_level

from .conftest import table

SUMS, WORD = BY_CODE["table_sums"], BY_CODE["word"]
WRONG = table(["组", "户数"], ("一组", "3"), ("合计", "4"))


def wish(level, reason="县里统一要求", days=0):
    return Wish(level, reason, timezone.localdate() + timedelta(days=days))


@pytest.fixture
def administrator(member, tree):
    return member("administrator", tree["船营区"])


def test_a_county_softens_its_own_rule_and_no_other_county_s(tree, administrator, draft, said):
    assert "table_sums" in said(WRONG, softest=Level.BLOCK)
    set_level(SUMS, tree["船营区"], wish("warn"), administrator)
    assert said(WRONG, softest=Level.BLOCK) == {}
    assert "table_sums" in said(WRONG)
    levels = Levels([tree["搜登站村"], tree["弓通村"]], timezone.localdate())
    assert (levels.of(SUMS, tree["搜登站村"]), levels.of(SUMS, tree["弓通村"]), levels.of(SUMS, None)) == ("warn", "block", "block")


def test_a_county_s_own_goes_before_the_site_s(tree, administrator, member):
    set_level(WORD, tree["船营区"], wish("note"), administrator)
    set_level(WORD, None, wish("block"), member(is_superuser=True))
    levels = Levels(list(tree.values()), timezone.localdate())
    assert (levels.of(WORD, tree["搜登站村"]), levels.of(WORD, tree["弓通村"]), levels.of(WORD, tree["吉林省"])) == (
        "note",
        "block",
        "block",
    )


def test_a_harder_word_list_stops_publication(tree, administrator, draft):
    """布署 is in the list that every installation begins with."""
    text = draft(body=[("text", "<p>村里布署春耕的事情。</p>")])
    assert (issues_of(text), len(warnings_of(text))) == ([], 1)
    set_level(WORD, tree["船营区"], wish("block"), administrator)
    assert [issue.rule for issue in issues_of(text)] == ["word"]
    assert issues_of(text)[0].overridable


def test_a_setting_counts_from_its_day_and_the_latest_counts(tree, administrator):
    today = timezone.localdate()
    set_level(WORD, tree["船营区"], wish("note"), administrator)
    set_level(WORD, tree["船营区"], wish("block", days=5), administrator)
    of = [Levels([tree["搜登站村"]], today + timedelta(days=days)).of(WORD, tree["搜登站村"]) for days in (-1, 0, 4, 5)]
    assert of == ["warn", "note", "note", "block"]
    set_level(WORD, tree["船营区"], wish("warn"), administrator)
    assert Levels([tree["搜登站村"]], today).of(WORD, tree["搜登站村"]) == "warn"
    assert RuleSetting.objects.count() == 3, "history stays"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.floor.rank], ids=lambda rule: rule.code)
def test_no_rule_goes_below_its_floor(tree, administrator, rule):
    for level in Level:
        if level.rank < rule.floor.rank:
            with pytest.raises(SettingRefused, match=r"不能再放宽.*依据"):
                set_level(rule, tree["船营区"], wish(level.value), administrator)
    assert not RuleSetting.objects.exists()


def test_a_row_below_the_floor_does_not_count(tree):
    """The floor may have been raised by a new version of the platform."""
    RuleSetting.objects.create(
        rule="personal", level="note", reason="旧的", effective_from=timezone.localdate(), made_by="甲", made_at=timezone.now()
    )
    assert Levels([], timezone.localdate()).of(BY_CODE["personal"], None) == Level.BLOCK


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"reason": " "}, "为什么"), ({"level": "off"}, "请选"), ({"days": -1}, "最早从今天")],
)
def test_what_is_refused(tree, administrator, changes, words):
    with pytest.raises(SettingRefused, match=words):
        set_level(WORD, tree["船营区"], wish(**{"level": "block", **changes}), administrator)


@pytest.mark.parametrize(
    ("role", "unit", "county"),
    [
        ("administrator", "船营区", None), ("administrator", "龙潭区", "船营区"), ("administrator", "搜登站镇", "船营区"),
        ("reviewer", "船营区", "船营区"), ("clerk", "船营区", "船营区"), ("auditor", "船营区", "船营区"), ("administrator", "船营区", "搜登站镇"),
    ],
)  # fmt: skip
def test_others_set_nothing(tree, member, role, unit, county):
    with pytest.raises(SettingRefused, match="不归您管"):
        set_level(WORD, tree[county] if county else None, wish("note"), member(role, tree[unit]))


def test_one_query_for_all_levels(tree, administrator, django_assert_num_queries):
    for rule in ("word", "link", "copied"):
        set_level(BY_CODE[rule], tree["船营区"], wish("note"), administrator)
    with django_assert_num_queries(1):
        levels = Levels(list(tree.values()), timezone.localdate())
        assert [levels.of(rule, unit) for rule in RULES for unit in tree.values()]


@pytest.mark.parametrize("role", ["clerk", "signer", "reviewer", "supervisor", "administrator", "auditor"])
def test_everybody_of_the_county_reads_the_rules(client, tree, member, role):
    client.force_login(member(role, tree["船营区"]))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("publishing_rules")).content.decode()
    assert sum("disclosures_rulesetting" in query["sql"] for query in asked) == 1
    for rule in RULES:
        assert str(rule.name) in page
    one = client.get(reverse("publishing_rule", args=["word"])).content.decode()
    assert ("就这样定" in one) is (role == "administrator")
    posted = client.post(
        reverse("publishing_rule", args=["word"]), {"level": "note", "reason": "不用管", "effective_from": timezone.localdate()}
    )
    assert RuleSetting.objects.exists() is (role == "administrator")
    assert posted.status_code == 302


def test_the_screen_sets_a_level_and_says_who_and_why(client, tree, administrator):
    client.force_login(administrator)
    address = reverse("publishing_rule", args=["word"])
    refused = client.post(address, {"level": "note", "reason": "", "effective_from": timezone.localdate()})
    assert refused.status_code == 200
    client.post(address, {"level": "note", "reason": "词表还没有校对好", "effective_from": timezone.localdate()})
    page = client.get(reverse("publishing_rules")).content.decode()
    assert "词表还没有校对好" in page
    assert administrator.username in page
    assert "本县定的" in page


def test_the_screen_refuses_what_is_below_the_floor_in_words(client, tree, administrator):
    client.force_login(administrator)
    page = client.post(
        reverse("publishing_rule", args=["table_sums"]), {"level": "note", "reason": "麻烦", "effective_from": timezone.localdate()}
    )
    assert "不能再放宽" in page.content.decode()
    assert "不能放宽" in client.get(reverse("publishing_rule", args=["personal"])).content.decode()
    assert client.post(reverse("publishing_rule", args=["personal"]), {"level": "note"}).status_code == 302
    assert not RuleSetting.objects.exists()


def test_other_counties_and_unknown_rules_do_not_exist(client, tree, administrator):
    client.force_login(administrator)
    assert client.get(reverse("publishing_rules"), {"area": "220203"}).status_code == 404
    assert client.get(reverse("publishing_rule", args=["nothing"])).status_code == 404
