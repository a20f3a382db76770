"""Comparing versions of a list: what a comparison says, applied to the old version, is the new one; and every entry stands in one class."""

from collections import Counter

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from openness.powers.rules.compare import applied, compare
from openness.powers.rules.content import Content

_CODES = st.sampled_from(["", "2204-01", "2204-02", "2204-03", "２２０４－０１", " 2204-02 "])
_NAMES = st.sampled_from(["宅基地审批", "农村宅基地审批", "砍树许可", "砍 树（许可）", "乡村建设规划许可", "高龄津贴", "（）"])
_ENTRIES = st.builds(
    Content, name=_NAMES, matter=st.sampled_from(["licence", "benefit", ""]), code=_CODES, basis=st.sampled_from(["", "《土地管理法》第六十二条"]),
    body=st.sampled_from(["镇政府", "县局"]), fee=st.sampled_from(["", "不收费"]),
)  # fmt: skip
VERSIONS = st.lists(_ENTRIES, max_size=9, unique_by=lambda entry: entry.key)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def everywhere(change):
    """Each entry of the old and of the new version, as often as the comparison names it."""
    old = [*change.removed, *(one.before for one in change.adjusted), *change.same]
    new = [*change.added, *(one.after for one in change.adjusted), *change.same]
    return Counter(old), Counter(new)


@UNHURRIED
@given(VERSIONS, VERSIONS)
@example([Content("宅基地审批", "licence", "1")], [Content("宅基地审批", "licence", "2"), Content("高龄津贴", "benefit", "1")])
def test_the_old_version_with_the_changes_is_the_new_version(old, new):
    assert Counter(applied(old, compare(old, new))) == Counter(new)


@UNHURRIED
@given(VERSIONS, VERSIONS)
def test_every_entry_stands_in_exactly_one_class(old, new):
    assert everywhere(compare(old, new)) == (Counter(old), Counter(new))


@UNHURRIED
@given(VERSIONS, VERSIONS)
def test_what_is_called_adjusted_differs_and_what_has_a_code_on_both_sides_is_neither_new_nor_gone(old, new):
    change = compare(old, new)
    assert all(one.fields for one in change.adjusted)
    common = {entry.key for entry in old if entry.code} & {entry.key for entry in new if entry.code}
    assert not common & {entry.key for entry in (*change.added, *change.removed) if entry.code}


@UNHURRIED
@given(VERSIONS)
def test_a_version_is_the_same_as_itself_in_any_order(entries):
    assert compare(entries, entries[::-1]).is_empty


@UNHURRIED
@given(VERSIONS, VERSIONS)
def test_hints_name_what_changed_and_nothing_else(old, new):
    change = compare(old, new)
    moved = {*change.added, *change.removed, *(one.before for one in change.adjusted), *(one.after for one in change.adjusted)}
    assert all({hint.one, *hint.others} <= moved for hint in change.hints())
