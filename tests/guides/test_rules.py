"""What is missing and what contradicts itself, said in sentences; a guide with everything has none of them."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from catalog.models import Article, Law, LawVersion
from catalog.services.laws import load_laws
from openness.disclosures.models import Attachment
from openness.guides.models import ServiceGuide
from openness.guides.rules.contradictions import calendar_days
from openness.guides.services.check import issues_of, sentences_of

from .conftest import MATERIAL

pytestmark = pytest.mark.django_db
NET = "https://zwfw.jl.gov.cn/ythz/"


def test_a_guide_with_every_element_is_clean(guide):
    assert sentences_of(guide(online_url=NET)) == []


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"implementer": " "}, "没有写实施主体。"),
        ({"basis": ""}, "没有写设定依据。"),
        ({"conditions": ""}, "没有写受理条件。"),
        ({"materials": []}, "没有写申请材料。"),
        ({"no_materials": True}, "勾了“不用带材料”，下面又写了材料。"),
        ({"materials": [("material", MATERIAL)] * 2}, "材料“居民身份证”写了两遍。"),
        ({"steps": []}, "没有写办理流程。"),
        ({"place": ""}, "没有写办理地点。"),
        ({"hours": ""}, "没有写办理时间。"),
        ({"phone": ""}, "没有写联系电话。"),
        ({"complaint_phone": ""}, "没有写监督电话。"),
        ({"legal_days": None}, "没有写法定时限。"),
        ({"promised_days": None}, "没有写承诺时限。"),
        ({"result": ""}, "没有写办理结果。"),
        ({"visits": None}, "没有写最多跑几次。"),
        ({"promised_days": 21}, "承诺 21 个工作日，比法定的 20 个工作日 还长。"),
        ({"promised_days": 20, "legal_kind": "calendar"}, "承诺 20 个工作日，比法定的 20 天 还长。"),
        ({"charges": True, "fee_basis": "吉价〔2020〕1号"}, "写了要收费，没有写收多少。"),
        ({"charges": True, "fee": "每证 10 元"}, "写了要收费，没有写依据。"),
        ({"fee": "工本费 5 元"}, "没有勾收费，收费标准里又写了5 元。"),
        ({"phone": "暂无"}, "联系电话“暂无”拨不通。"),
        ({"phone": "12345"}, "监督电话和联系电话是同一个。"),
        ({"visits": 0}, "写了一次都不用跑，又没有网上办理的网址。"),
        ({"basis": "按上级文件"}, "设定依据里没有写是哪部法规。"),
        ({"online_url": "http://zwfw.jl.gov.cn/"}, "网上办理的网址没有加密，填身份证号不安全。"),
        ({"online_url": "https://zwfw.jl.gov.cn.evil.com/"}, "zwfw.jl.gov.cn.evil.com 不是省一网通办的网址。"),
        ({"online_url": "https://zwfw.jl.gov.cn@evil.com/"}, "网上办理的网址没有加密，填身份证号不安全。"),
    ],
)
def test_each_fault_stands_in_the_way_with_its_sentence(guide, columns, sentence):
    assert [one.sentence for one in issues_of(guide(**columns)) if one.blocks] == [sentence]


@pytest.mark.parametrize(
    "columns",
    [
        {"legal_days": None, "legal_kind": "none"},
        {"promised_days": 0},
        {"materials": [], "no_materials": True},
        {"phone": "0432-1234567、13900000001"},
    ],
)
def test_what_looks_empty_and_says_something_is_no_fault(guide, columns):
    assert not [one for one in issues_of(guide(**columns)) if one.blocks]


@pytest.mark.parametrize("name", ["其他材料", "其它相关证明", "有关部门要求的必要材料", "身份证等材料", "需要的证明", "身份证、户口簿等"])
def test_a_catch_all_among_the_materials_is_named(guide, name):
    made = guide(materials=[("material", {**MATERIAL, "name": name})])
    assert any("没有说清要什么" in one.sentence and one.blocks for one in issues_of(made))


@pytest.mark.parametrize(
    "name", ["居民身份证", "其他共有人同意书", "死亡证明", "相关人员签字的会议记录", "等级评定表", "无违法犯罪记录证明"]
)
def test_a_paper_that_is_named_is_no_catch_all(guide, name):
    assert sentences_of(guide(materials=[("material", {**MATERIAL, "name": name})])) == []


def test_a_basis_that_another_article_replaced_is_found(guide):
    load_laws()
    assert issues_of(guide(basis="《村民委员会组织法》第三十条"))[0].sentence.startswith("《村民委员会组织法》第30条已由第35条代替")
    law = Law.objects.create(name="中华人民共和国某某法", short_name="某某法")
    version = LawVersion.objects.create(law=law, adopted_on=date(2020, 1, 1), effective_from=date(2020, 1, 1))
    Article.objects.create(version=version, number=3, subject="某事")
    assert sentences_of(guide(basis="《某某法》第三条")) == []


def test_forms_of_another_unit_and_private_ones_stay_where_they_are(guide, tree):
    def found(**columns) -> bool:
        file = Attachment.objects.create(title="表", file=ContentFile(b"x", "x.txt"), **columns)
        return bool(sentences_of(guide(materials=[("material", {**MATERIAL, "blank": file})])))

    assert not found(unit=tree["搜登站镇"])
    assert found(unit=tree["大绥河镇"])
    assert found(unit=tree["搜登站镇"], private=True)


def test_a_number_of_a_person_is_found_but_the_office_s_own_is_not(guide):
    assert any("139" in one for one in sentences_of(guide(conditions="找张三 13912345678")))
    assert sentences_of(guide(phone="13912345678", place="镇政府，到了打 13912345678")) == []


def test_working_days_take_weekends():
    assert [calendar_days(number, "working") for number in (0, 1, 5, 6, 20)] == [0, 1, 5, 8, 26]


def test_the_newest_draft_s_faults_are_kept_for_the_lists(guide):
    made = guide(place="")
    made.save()
    made.save_revision()
    assert ServiceGuide.objects.get(pk=made.pk).missing == ["没有写办理地点。"]
    made.place = "一楼"
    made.save_revision()
    assert ServiceGuide.objects.get(pk=made.pk).missing == []
