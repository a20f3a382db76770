"""While somebody is away: begins and ends by itself, own roles only, an administrator for the county, seen by the policy in one query."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.models import Disclosure
from openness.supervision.services.people import nearest
from openness.units.models import Delegation, Membership, Role
from openness.units.policy import UnitPolicy
from openness.units.refusal import Refused
from openness.units.roles import Roles, forget_roles, roles_of
from openness.units.services.delegate import Leave, delegate, end_delegation

from .conftest import stand_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def colleague(member, tree):
    return member("clerk", tree["大绥河村"], first_name="同某")


def leave(giver, taker, unit, role="reviewer", since=TODAY, until=TODAY, reason="出差") -> Leave:
    return Leave(giver, taker, role, unit, since, until, reason)


def test_it_begins_and_ends_by_the_day(tree, reviewer, colleague, monkeypatch):
    town = tree["搜登站镇"]
    stand_in(reviewer, colleague, "reviewer", town, date(2026, 10, 5), date(2026, 10, 9))
    for day, has in ((4, False), (5, True), (9, True), (10, False)):
        monkeypatch.setattr("openness.units.roles.timezone.localdate", lambda day=day: date(2026, 10, day))
        assert Roles(colleague).any_of({Role.REVIEWER}) is has, day


def test_it_reaches_as_far_as_its_unit_and_gives_nothing_else(tree, village, draft, item, reviewer, colleague):
    stand_in(reviewer, colleague, "reviewer", village, TODAY, TODAY)
    policy = UnitPolicy(Disclosure)
    inside, outside = draft(item=item), draft(unit=tree["半拉山村"], item=item)
    assert policy.user_has_permission_for_instance(colleague, "publish", inside)
    assert not policy.user_has_permission_for_instance(colleague, "publish", outside)
    assert not policy.user_has_permission_for_instance(colleague, "add", inside)
    assert colleague in policy.users_with_any_permission_for_instance(["publish"], inside)
    assert colleague not in policy.users_with_any_permission_for_instance(["publish"], outside)


def test_all_roles_own_and_taken_cost_one_query(tree, reviewer, colleague, draft, django_assert_num_queries):
    for name in ("搜登站镇", "搜登站村", "半拉山村"):
        stand_in(reviewer, colleague, "reviewer", tree[name], TODAY, TODAY)
    text, policy = draft(), UnitPolicy(Disclosure)
    with django_assert_num_queries(1):
        assert policy.user_has_permission_for_instance(colleague, "publish", text)
        assert roles_of(colleague).capacity(text.unit, {"reviewer"}).giver == reviewer.pk


def test_the_own_role_counts_before_another_s(tree, village, reviewer, member):
    other = member("reviewer", tree["船营区"])
    stand_in(reviewer, other, "reviewer", tree["搜登站镇"], TODAY, TODAY)
    assert roles_of(other).capacity(village, {"reviewer"}).giver is None


def test_it_ends_with_the_giver_s_own_role(tree, village, reviewer, colleague):
    stand_in(reviewer, colleague, "reviewer", tree["搜登站镇"], TODAY, TODAY)
    Membership.objects.filter(user=reviewer).delete()
    assert not Roles(colleague).any_of({Role.REVIEWER})
    Membership.objects.create(user=reviewer, unit=tree["船营区"], role="reviewer")
    assert Roles(colleague).any_of({Role.REVIEWER})
    type(reviewer).objects.filter(pk=reviewer.pk).update(is_active=False)
    assert not Roles(colleague).any_of({Role.REVIEWER})


def test_a_stand_in_is_told_with_the_others(tree, village, clerk, colleague):
    assert nearest([village.pk], Role.CLERK) == {village.pk: [clerk]}
    stand_in(clerk, colleague, "clerk", village, TODAY, TODAY)
    assert nearest([village.pk], Role.CLERK) == {village.pk: [clerk, colleague]}


def test_a_person_hands_on_own_roles_only(tree, village, reviewer, colleague, clerk, member):
    delegate(reviewer, leave(reviewer, colleague, tree["搜登站镇"]))
    forget_roles(colleague)
    with pytest.raises(Refused, match="没有这个角色"):
        delegate(colleague, leave(colleague, clerk, tree["搜登站镇"]))
    with pytest.raises(Refused, match="只能请人代办自己的工作"):
        delegate(clerk, leave(reviewer, colleague, tree["搜登站镇"]))
    assert Delegation.objects.count() == 1


def test_an_administrator_does_it_for_people_of_the_county(tree, reviewer, colleague, admin, member):
    delegate(admin, leave(reviewer, colleague, tree["搜登站镇"]))
    with pytest.raises(Refused, match="只能请人代办自己的工作"):
        delegate(member("administrator", tree["龙潭区"]), leave(reviewer, colleague, tree["搜登站镇"]))
    with pytest.raises(Refused, match="不能把别人的工作指给自己"):
        delegate(admin, leave(reviewer, admin, tree["搜登站镇"]))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"until": TODAY - timedelta(days=1)}, "不能早于开始"),
        ({"since": TODAY - timedelta(days=9), "until": TODAY - timedelta(days=2)}, "已经过去了"),
        ({"until": TODAY + timedelta(days=500)}, "最长一年"),
        ({"reason": " "}, "请写一下原因"),
    ],
)
def test_bad_days_and_no_reason_get_a_sentence(tree, reviewer, colleague, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        delegate(reviewer, leave(reviewer, colleague, tree["搜登站镇"], **changes))


def test_strangers_and_closed_accounts_cannot_stand_in(tree, reviewer, member):
    for taker in (member("clerk", tree["弓通村"]), member(), member("clerk", tree["大绥河村"], is_active=False), reviewer):
        with pytest.raises(Refused):
            delegate(reviewer, leave(reviewer, taker, tree["搜登站镇"]))


def test_the_page(client, tree, reviewer, colleague, member):
    client.force_login(reviewer)
    row = reviewer.memberships.get()
    data = {"membership": row.pk, "taker": colleague.pk, "since": str(TODAY), "until": str(TODAY), "reason": "休假"}
    page = client.post(reverse("delegations"), data, follow=True).content.decode()
    assert "正在代办" in page
    client.force_login(colleague)
    assert "审某请同某" in client.get(reverse("delegations")).content.decode()
    stranger = member("clerk", tree["半拉山村"])
    client.force_login(stranger)
    assert "审某请同某" not in client.get(reverse("delegations")).content.decode()
    made = Delegation.objects.get()
    assert client.post(reverse("delegation_end", args=[made.pk])).status_code == 404
    client.force_login(reviewer)
    client.post(reverse("delegation_end", args=[made.pk]))
    assert not Roles(colleague).any_of({Role.REVIEWER})


def test_somebody_else_s_role_is_no_choice(client, tree, reviewer, colleague, clerk):
    client.force_login(clerk)
    data = {"membership": reviewer.memberships.get().pk, "taker": colleague.pk, "since": str(TODAY), "until": str(TODAY), "reason": "x"}
    assert client.post(reverse("delegations"), data).context["form"].errors["membership"]
    assert not Delegation.objects.exists()


def test_only_those_concerned_end_it(tree, reviewer, colleague, clerk, admin):
    made = stand_in(reviewer, colleague, "reviewer", tree["搜登站镇"], TODAY, TODAY)
    with pytest.raises(Refused):
        end_delegation(made, clerk)
    end_delegation(made, admin)
    made.refresh_from_db()
    assert made.ended_by.startswith("管某")
