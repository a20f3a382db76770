import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from catalog.models import Citation, Item, Standard
from catalog.models.standard import Status, item_key
from catalog.reading import read_catalogue
from catalog.rules.applicability import binds
from catalog.rules.basis import LawLibrary, chinese_number, cited_in, superseded_sentence
from catalog.services.confirm import About, ConfirmRefused, confirm_import
from catalog.services.export import export_standard
from catalog.services.preview import preview

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).resolve().parents[2] / "openness" / "demo" / "data" / "catalogue.xlsx"
ABOUT = About("220204", "标准目录", "船营区标准目录", "船营区", date(2026, 3, 1))
TODAY = date(2026, 11, 24)


def shown(path: Path = DEMO):
    return preview(read_catalogue(path), "220204", "标准目录", TODAY)


def changed(standard_preview, number: int, **columns):
    """The same preview with one row changed, as if the sheet had said so."""
    rows = list(standard_preview.rows)
    row = replace(rows[number].row, **columns)
    rows[number] = replace(rows[number], row=row, key=item_key(row.field, row.level1, row.level2, row.level3))
    return replace(standard_preview, rows=tuple(rows))


def test_a_preview_writes_nothing():
    assert shown().count("new") == 72
    assert not Standard.objects.exists()


def test_confirming_makes_the_version_in_force():
    standard = confirm_import(shown(), ABOUT)
    assert (standard.version, standard.status) == (1, Status.IN_FORCE)
    assert Item.objects.in_force().count() == 72
    item = (
        Item.objects.get(level1="城乡居民最低生活保障对象名单")
        if Item.objects.filter(level1="城乡居民最低生活保障对象名单")
        else Item.objects.get(level2="城乡居民最低生活保障对象名单")
    )
    assert item.cadence == "quarter"
    assert item.limit.day_of_month == 20
    assert (item.at_township, item.at_village) == (False, True)


def test_a_second_import_is_a_new_version_and_the_first_stays():
    first = confirm_import(shown(), ABOUT)
    again = shown()
    assert again.count("same") == 72
    second = confirm_import(again, replace(ABOUT, effective_from=date(2026, 9, 1)))
    first.refresh_from_db()
    assert (first.status, first.effective_to) == (Status.SUPERSEDED, date(2026, 9, 1))
    assert second.version == 2
    assert set(Item.objects.filter(field__standard=first).values_list("key")) == set(Item.objects.in_force().values_list("key"))


def test_a_preview_tells_what_changed_and_what_is_gone():
    standard = confirm_import(shown(), ABOUT)
    old = Item.objects.filter(field__standard=standard).first()
    old.time_limit = "信息形成后30日内"
    old.save()
    Item.objects.create(field=old.field, key="gone", position=999, level1="旧事项")
    again = shown()
    assert [row.changes for row in again.rows if row.state == "changed"] == [
        (f"公开时限：信息形成后30日内 → {again.rows[0].row.time_limit}",)
    ]
    assert [item.level1 for item in again.removed] == ["旧事项"]


def test_a_preview_costs_the_same_queries_for_any_size(django_assert_max_num_queries):
    confirm_import(shown(), ABOUT)
    reading = read_catalogue(DEMO)
    with django_assert_max_num_queries(5):
        preview(reading, "220204", "标准目录", TODAY)


def test_duplicates_are_refused_and_nothing_is_written():
    first = shown().rows[0].row
    twice = changed(shown(), 1, field=first.field, level1=first.level1, level2=first.level2, level3=first.level3)
    with pytest.raises(ConfirmRefused, match="出现了两次"):
        confirm_import(twice, ABOUT)
    assert not Standard.objects.exists()


def test_a_version_cannot_begin_before_the_one_in_force():
    confirm_import(shown(), ABOUT)
    with pytest.raises(ConfirmRefused, match="不能早于"):
        confirm_import(shown(), replace(ABOUT, effective_from=date(2025, 1, 1)))
    assert Standard.objects.count() == 1


def test_a_failure_in_the_middle_leaves_the_old_version_in_force(monkeypatch):
    confirm_import(shown(), ABOUT)
    monkeypatch.setattr("catalog.services.confirm._cite", lambda *_: (_ for _ in ()).throw(OSError("gone")))
    with pytest.raises(OSError, match="gone"):
        confirm_import(shown(), replace(ABOUT, effective_from=date(2026, 9, 1)))
    assert Standard.objects.get().status == Status.IN_FORCE


def test_export_gives_back_what_was_imported(tmp_path):
    standard = confirm_import(shown(), ABOUT)
    out = io.BytesIO()
    export_standard(standard, out)
    path = tmp_path / "out.xlsx"
    path.write_bytes(out.getvalue())
    before, after = read_catalogue(DEMO), read_catalogue(path)
    assert [sheet.title for sheet in after.sheets] == [sheet.title for sheet in before.sheets]
    assert [row.as_json() for row in after.rows] == [row.as_json() for row in before.rows]
    assert [dict(row.raw) for row in after.rows] == [dict(row.raw) for row in before.rows]


@pytest.mark.parametrize(
    "name", ["township-standard-fengtun", "village-field-first-xujiahu", "township-phones-pingwu", "jilin-sudengzhan-village-list"]
)
def test_official_files_survive_the_database(shared_data, tmp_path, name):
    path = shared_data / "catalogues" / f"{name}.xlsx"
    standard = confirm_import(shown(path), ABOUT)
    out = tmp_path / "out.xlsx"
    with out.open("wb") as stream:
        export_standard(standard, stream)
    assert [row.as_json() for row in read_catalogue(out).rows] == [row.as_json() for row in read_catalogue(path).rows]


@pytest.mark.parametrize(("text", "number"), [("三十", 30), ("三十五", 35), ("十", 10), ("一百零二", 102), ("30", 30), ("二十六", 26)])
def test_chinese_numbers_of_articles(text, number):
    assert chinese_number(text) == number


def test_laws_and_articles_are_read_from_a_basis():
    text = "《中华人民共和国村民委员会组织法》（主席令第三十七号）第三十条、第三十一条；《政府信息公开条例》"
    assert [(cited.law, cited.number) for cited in cited_in(text)] == [
        ("中华人民共和国村民委员会组织法", 30),
        ("中华人民共和国村民委员会组织法", 31),
        ("政府信息公开条例", None),
    ]


@pytest.mark.parametrize("text", ["《中华人民共和国村民委员会组织法》第三十条", "《村民委员会组织法》第30条"])
def test_the_old_article_on_village_openness_is_flagged_with_the_new_one(text):
    library, cited = LawLibrary(), next(iter(cited_in(text)))
    article = library.article(library.law(cited.law), cited.number, TODAY)
    assert superseded_sentence(article) == "《村民委员会组织法》第30条已由第35条代替（2026-01-01起施行），请改引新条文。"


def test_the_new_article_is_not_flagged():
    library = LawLibrary()
    assert superseded_sentence(library.article(library.law("村民委员会组织法"), 35, TODAY)) == ""
    before = library.article(library.law("村民委员会组织法"), 35, date(2025, 6, 1))
    assert "已由第40条代替" in superseded_sentence(before)


def test_the_demo_catalogue_has_one_stale_citation():
    notices = [notice for row in shown().rows for notice in row.notices]
    assert notices == ["《村民委员会组织法》第30条已由第35条代替（2026-01-01起施行），请改引新条文。"]
    confirm_import(shown(), ABOUT)
    assert Citation.objects.filter(article__successor__number=35).count() == 1


@pytest.mark.parametrize(
    ("publisher", "answer"),
    [
        ("村民委员会", (True, False)),
        ("村集体经济组织", (True, False)),
        ("行政村", (True, False)),
        ("社区居民委员会", (False, True)),
        ("居委会", (False, True)),
        ("村(居)民委员会", (True, True)),
        ("村/社区", (True, True)),
        ("镇人民政府", (True, True)),
        ("", (True, True)),
    ],
)
def test_who_is_bound_follows_the_publisher(publisher, answer):
    assert binds(publisher) == answer
