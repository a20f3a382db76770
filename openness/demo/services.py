"""The demo county, built through the same services that a real county uses."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Site

from catalog.models import Field, Standard
from catalog.reading import read_catalogue
from catalog.services.confirm import About, confirm_import
from catalog.services.preview import preview
from openness.disclosures.models import Disclosure
from openness.disclosures.services.bulk import publish_many
from openness.disclosures.services.take_down import take_down_ended_notices
from openness.pages.models import HomePage, SiteFrame
from openness.supervision.models import Duty
from openness.supervision.services.declare import exempt
from openness.supervision.services.generate import generate
from openness.units.models import Unit
from openness.units.names import Kind
from openness.units.services.import_divisions import import_divisions, read_divisions

from .accounts import create_accounts
from .answers import declare_rest, publish_rest
from .attachments import attach_documents
from .contacts import give_contacts
from .desk import COUNTY, Cast, play_desk, publish_flawed
from .pages import compose_pages
from .signing import signed_on_paper
from .stories import tell_year
from .stories.year import RURAL_FIELDS, ledger_start
from .tags import give_tags

DATA = Path(__file__).resolve().parent / "data"
TOWNS = ("220204101", "220204100", "220204001")
CLERK, REVIEWER = "示例经办人", "示例审核人"
SERIES = "基层政务公开标准目录"
BLURBS = {
    "社会救助": "低保、特困、临时救助",
    "村级财务": "村里的钱怎么花的",
    "村务管理": "村规民约、工程、换届",
    "宅基地和土地": "批地、征地、建房",
    "涉农补贴": "种地补贴、农机补贴",
    "养老服务": "高龄津贴、养老补助",
    "农村危房改造": "危房鉴定、补助名单",
    "财政预决算": "乡镇的钱怎么花的",
    "政府文件和概况": "通知、方案、概况",
    "社会保险": "养老保险怎么办",
    "居务公开": "社区居委会的事",
}


def is_seeded() -> bool:
    return Disclosure.objects.exists()


@transaction.atomic
def seed(today: date | None = None, parts: Sequence[str] = ()) -> int:
    """Build the whole demo, or only the units whose codes begin so, with those above them; all or nothing.

    Returns:
        The number of disclosures ever published.
    """
    day = today or timezone.localdate()
    import_divisions([row for row in read_divisions(DATA / "divisions.csv") if _is_wanted(row.code, parts)])
    county = Unit.objects.get(code=COUNTY)
    give_contacts(county.get_children())
    create_accounts()
    import_demo_catalogue()
    exempt_streets(county, day)
    generate([COUNTY], since=ledger_start(day), today=day)
    create_pages()
    publish_year(county, day)
    publish_rest(day, CLERK, REVIEWER)
    publish_flawed(day, CLERK, REVIEWER)
    declare_rest(day, CLERK)
    take_down_ended_notices()
    play_desk(county, day)
    give_tags()
    return Disclosure.objects.exclude(first_published_at=None).count()


def _is_wanted(code: str, parts: Sequence[str]) -> bool:
    return not parts or any(code.startswith(part) or part.startswith(code) for part in parts)


def publish_year(county: Unit, today: date) -> int:
    """The stories, and a document for the newest circular of each of the rich townships. Returns how many."""
    told = list(tell_year(list(county.get_children()), today))
    times = {id(draft): at for draft, at in told}
    attach_documents(draft for draft, _at in told if draft.unit.code in TOWNS)
    publish_many([draft for draft, _at in told], CLERK, REVIEWER, clock=lambda draft: times[id(draft)], signer=signed_on_paper)
    return len(told)


def exempt_streets(county: Unit, today: date) -> None:
    """Streets have no farmland and no farmhouses: what is only of the country does not bind them."""
    binding = Q(item__at_township=True) | Q(item__binds_communities=True)
    administrator, duties = Cast()["guanli"], list(Duty.objects.filter(binding, area=COUNTY, field__name__in=RURAL_FIELDS))
    for street in county.get_children().filter(kind=Kind.STREET):
        for duty in duties:
            exempt(street, duty, administrator, "街道没有农村集体土地和农房。", ledger_start(today))


def import_demo_catalogue() -> Standard:
    reading = read_catalogue(DATA / "catalogue.xlsx")
    effective = date(2025, 1, 1)
    about = About(
        area=COUNTY, series=SERIES, name="船营区基层政务公开标准目录", issuer="船营区人民政府办公室（示例）", effective_from=effective,
        adapted=True, source="各地公布的标准目录和搜登站镇村务公开事项参考目录", by="示例",
    )  # fmt: skip
    standard = confirm_import(preview(reading, COUNTY, SERIES, timezone.localdate()), about)
    for name, blurb in BLURBS.items():
        Field.objects.filter(standard=standard, name=name).update(blurb=blurb)
    return standard


def create_pages() -> None:
    """Home, help and statements; Wagtail's welcome page makes room."""
    if HomePage.objects.exists():
        return
    root = Page.objects.get(depth=1)
    welcome = root.get_children().filter(slug="home").first()
    if welcome is not None:
        welcome.slug = "wagtail-welcome"
        welcome.save()
    home = root.add_child(instance=HomePage(title="首页", slug="home", often="低保 村里的账 宅基地 高龄津贴 耕地补贴"))
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, "船营区基层政务公开"
    site.save()
    if welcome is not None:
        Page.objects.get(pk=welcome.pk).delete()
    compose_pages(home)
    SiteFrame.objects.update_or_create(
        site=site, defaults={"place": "船营区", "host": "船营区人民政府办公室（示例）", "operator": "船营区政务公开办（示例）", "phone": "0432-00000000", "identification": "0000000000"},
    )  # fmt: skip
