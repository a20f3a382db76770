import pytest

from openness.disclosures.models import Disclosure
from openness.units.grants import GRANTS
from openness.units.models import Role
from openness.units.policy import UnitPolicy

pytestmark = pytest.mark.django_db
ACTIONS = tuple(GRANTS["disclosures.disclosure"])

# (role, where the person works) x (whose disclosure) -> what may be done. The member works for 搜登站村 or 搜登站镇.
EXPECTED = {
    ("clerk", "搜登站村", "own"): {"add", "change", "delete", "view"},
    ("clerk", "搜登站村", "sibling"): set(),
    ("clerk", "搜登站村", "parent"): set(),
    ("clerk", "搜登站村", "other"): set(),
    ("clerk", "搜登站镇", "own"): {"add", "change", "delete", "view"},
    ("reviewer", "搜登站镇", "own"): {"change", "publish", "lock", "unlock", "view"},
    ("reviewer", "搜登站镇", "parent"): {"change", "publish", "lock", "unlock", "view"},
    ("reviewer", "搜登站镇", "other"): set(),
    ("supervisor", "船营区", "own"): {"view"},
    ("supervisor", "船营区", "other"): set(),
    ("administrator", "船营区", "own"): {"view"},
}
UNITS = {"own": "搜登站村", "sibling": "半拉山村", "parent": "搜登站镇", "other": "弓通村"}


@pytest.mark.parametrize(("case", "allowed"), EXPECTED.items(), ids=lambda value: "-".join(value) if isinstance(value, tuple) else "")
def test_a_role_reaches_as_far_as_its_unit(tree, member, item, case, allowed):
    role, works_at, whose = case
    user = member(role, tree[works_at])
    disclosure = Disclosure(unit=tree[UNITS[whose]], item=item)
    policy = UnitPolicy(Disclosure)
    assert {action for action in ACTIONS if policy.user_has_permission_for_instance(user, action, disclosure)} == allowed


@pytest.mark.parametrize("role", Role.values)
def test_lists_and_people_agree_with_the_single_answer(tree, member, draft, role):
    user = member(role, tree["搜登站镇"])
    mine, other = draft(), draft(unit=tree["大绥河村"])
    policy = UnitPolicy(Disclosure)
    for action in ACTIONS:
        may = policy.user_has_permission_for_instance(user, action, mine)
        assert (mine in policy.instances_user_has_any_permission_for(user, [action])) is may
        assert (user in policy.users_with_any_permission_for_instance([action], mine)) is may
        assert other not in policy.instances_user_has_any_permission_for(user, [action])
        assert user not in policy.users_with_any_permission_for_instance([action], other)


def test_whoever_left_or_has_no_role_may_nothing(tree, member, draft):
    policy = UnitPolicy(Disclosure)
    left = member("clerk", tree["搜登站村"], is_active=False)
    nobody = member()
    for user in (left, nobody):
        assert not any(policy.user_has_permission_for_instance(user, action, draft()) for action in ACTIONS)
        assert not user.has_perm("wagtailadmin.access_admin")


def test_all_roles_cost_one_query_a_request(tree, member, draft, django_assert_num_queries):
    user, disclosure = member("reviewer", tree["船营区"]), draft()
    policy = UnitPolicy(Disclosure)
    with django_assert_num_queries(1):
        for action in ACTIONS:
            policy.user_has_permission_for_instance(user, action, disclosure)


def test_a_county_administrator_keeps_only_the_own_county_s_catalogue(tree, member, item):
    user = member("administrator", tree["船营区"])
    standard = item.field.standard
    assert user.has_perm("catalog.change_standard", standard)
    standard.area = "220203"
    assert not user.has_perm("catalog.change_standard", standard)
    assert not member("clerk", tree["搜登站村"]).has_perm("catalog.change_standard", item.field.standard)
