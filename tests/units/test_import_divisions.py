import pytest
from django.core.management import CommandError, call_command

from openness.units.models import Unit
from openness.units.names import Kind, Level, clean_name, kind_of, short_name
from openness.units.services.import_divisions import DivisionsRefused, import_divisions, read_divisions
from openness.units.signals import units_changed

pytestmark = pytest.mark.django_db


def write(tmp_path, *lines: str):
    path = tmp_path / "divisions.csv"
    path.write_text(
        "\n".join(["code,level,name,parent_code", "22,province,吉林省,", "2202,city,吉林市,22", "220204,county,船营区,2202", *lines])
    )
    return path


TOWN = "220204101,township,搜登站镇,220204"
VILLAGE = "220204101201,village,搜登站村委会,220204101"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("合隆居委会（合隆经济开发区）（省级）", "合隆居委会"),
        ("（工业园区）城南街道", "城南街道"),
        ("新月村委会(新月工业小区)", "新月村委会"),
        ("搜登站镇", "搜登站镇"),
        ("（全在括号里）", "（全在括号里）"),
    ],
)
def test_notes_in_brackets_are_cleaned_from_names(raw, clean):
    assert clean_name(raw) == clean


def test_people_say_the_village_not_its_committee():
    assert short_name("搜登站村委会") == "搜登站村"
    assert short_name("永前社区") == "永前社区"


@pytest.mark.parametrize(
    ("level", "code", "name", "kind"),
    [
        (Level.TOWNSHIP, "220204101", "搜登站镇", Kind.TOWN),
        (Level.TOWNSHIP, "220204200", "欢喜乡", Kind.TOWNSHIP),
        (Level.TOWNSHIP, "220204001", "德胜街道", Kind.STREET),
        (Level.TOWNSHIP, "220204400", "吉林船营经济开发区", Kind.QUASI),
        (Level.VILLAGE, "220204001001", "永前社区", Kind.COMMUNITY),
        (Level.VILLAGE, "220204101201", "搜登站村委会", Kind.VILLAGE),
        (Level.VILLAGE, "220204400498", "虚拟生活区", Kind.QUASI),
    ],
)
def test_kind_follows_code_and_name(level, code, name, kind):
    assert kind_of(level, code, name) == kind


def test_the_whole_province_imports_once_and_only_once(shared_data):
    divisions = read_divisions(shared_data / "divisions" / "jilin.csv")
    first = import_divisions(divisions)
    second = import_divisions(divisions)
    assert len(first.added) == Unit.objects.count() == 13_014
    assert not second.changed
    assert second.unchanged == 13_014
    assert Unit.find_problems() == ([], [], [], [], [])
    assert not Unit.objects.filter(name__contains="（").exists()
    assert Unit.objects.get(code="220204101").get_parent().code == "220204"


def test_second_list_reports_what_changed(tmp_path):
    import_divisions(read_divisions(write(tmp_path, TOWN, VILLAGE, "220204100,township,大绥河镇,220204")))
    heard = []
    units_changed.connect(lambda paths, **_: heard.extend(paths), weak=False, dispatch_uid="test")
    report = import_divisions(read_divisions(write(tmp_path, "220204101,township,搜登镇,220204", VILLAGE)))
    units_changed.disconnect(dispatch_uid="test")
    assert report.renamed == [("220204101", "搜登站镇 → 搜登镇")]
    assert report.removed == [("220204100", "大绥河镇")]
    assert report.added == []
    assert set(heard) == set(Unit.objects.filter(code__in=["220204101", "220204100"]).values_list("path", flat=True))


def test_removed_units_stay_and_come_back(tmp_path):
    import_divisions(read_divisions(write(tmp_path, TOWN, VILLAGE)))
    import_divisions(read_divisions(write(tmp_path, TOWN)))
    assert Unit.objects.get(code="220204101201").active is False
    report = import_divisions(read_divisions(write(tmp_path, TOWN, VILLAGE)))
    assert report.restored == [("220204101201", "搜登站村委会")]
    assert Unit.objects.get(code="220204101201").active


def test_a_moved_village_takes_its_new_place(tmp_path):
    import_divisions(read_divisions(write(tmp_path, TOWN, VILLAGE, "220204100,township,大绥河镇,220204")))
    moved = VILLAGE.replace(",220204101", ",220204100")
    report = import_divisions(read_divisions(write(tmp_path, TOWN, moved, "220204100,township,大绥河镇,220204")))
    assert report.moved == [("220204101201", "搜登站村委会 → 大绥河镇")]
    assert Unit.objects.get(code="220204101201").get_parent().code == "220204100"
    assert Unit.find_problems() == ([], [], [], [], [])


def test_a_list_of_one_county_leaves_other_counties_alone(tree, tmp_path):
    import_divisions(read_divisions(write(tmp_path, TOWN, VILLAGE)))
    assert Unit.objects.get(code="220203100201").active
    assert not Unit.objects.get(code="220204100").active


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("220204101,town,搜登站镇,220204", "层级“town”不认识"),
        ("22020410,township,搜登站镇,220204", "代码“22020410”不对"),
        ("220204101,township,,220204", "没有名称"),
        ("220204101,township,搜登站镇,220299", "上级代码“220299”不在表里"),
        ("220204,county,船营区,2202", "出现了两次"),
    ],
)
def test_a_bad_line_is_refused_with_a_sentence_and_changes_nothing(tmp_path, line, sentence):
    with pytest.raises(DivisionsRefused, match=sentence):
        read_divisions(write(tmp_path, line))
    assert not Unit.objects.exists()


def test_the_command_says_what_is_wrong(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes("代码,名称\n".encode("gbk"))
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_divisions", str(path))
