"""Who sees a job and who presses its buttons: every address for every role; the file has no address of its own."""

import pytest
from django.urls import URLPattern, reverse

from openness.imports import wagtail_hooks
from openness.imports.models import ImportJob
from tests.review.test_roles import labels

from .conftest import bring, checked, imported, page, row, workbook

pytestmark = pytest.mark.django_db
GET = {"import_job", "import_progress", "import_answer"}
POST = {"import_columns", "import_go", "import_step", "import_undo", "import_drop"}
WITHOUT_JOB = {"imports", "import_template", "import_new"}


@pytest.fixture
def people(tree, member, clerk):
    return {
        "owner": clerk,
        "administrator": member("administrator", tree["船营区"]),
        "auditor": member("auditor", tree["船营区"]),
        "colleague": member("clerk", tree["搜登站镇"]),
        "reviewer": member("reviewer", tree["搜登站镇"]),
        "supervisor": member("supervisor", tree["船营区"]),
        "auditor of one village": member("auditor", tree["搜登站村"]),
        "administrator of another county": member("administrator", tree["龙潭区"]),
    }


def test_every_address_has_a_row():
    names = {pattern.name for pattern in wagtail_hooks.addresses() if isinstance(pattern, URLPattern)}
    assert names == GET | POST | WITHOUT_JOB


@pytest.mark.parametrize("name", sorted(GET))
def test_who_looks(client, people, name):
    job = checked(people["owner"], row(), row(单位="半拉山村", 标题="又一条"))
    answers = {who: page(client, user, name, job.pk).status_code for who, user in people.items()}
    assert {who for who, status in answers.items() if status == 200} == {"owner", "administrator", "auditor"}
    assert set(answers.values()) == {200, 404}


@pytest.mark.parametrize("name", sorted(POST))
def test_only_the_owner_presses_buttons(client, people, name):
    job = checked(people["owner"], row())
    for who, user in people.items():
        client.force_login(user)
        answer = client.post(reverse(name, args=[job.pk]), {"mode": "all"})
        assert answer.status_code in ((200, 302) if who == "owner" else (404,)), who
        assert client.get(reverse(name, args=[job.pk])).status_code == 405


@pytest.mark.parametrize("name", sorted(GET | POST))
def test_strangers_are_sent_to_the_login(client, clerk, name):
    job = checked(clerk, row())
    answer = client.get(reverse(name, args=[job.pk]))
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


def test_who_covers_one_unit_of_several_sees_nothing(client, people, tree, member):
    one = checked(people["owner"], row())
    both = checked(people["owner"], row(标题="甲"), row(单位="半拉山村", 标题="乙"))
    of_one = people["auditor of one village"]
    assert page(client, of_one, "import_job", one.pk).status_code == 200
    assert page(client, of_one, "import_job", both.pk).status_code == 404


def test_a_unit_that_the_owner_does_not_keep_counts_too(client, people):
    job = checked(people["owner"], row(), row(单位="弓通村", 标题="别县的"))
    assert page(client, people["administrator"], "import_job", job.pk).status_code == 404


def test_before_all_units_are_known_only_the_owner_sees_it(client, people):
    job = bring(people["owner"], workbook(row()))
    assert page(client, people["administrator"], "import_job", job.pk).status_code == 404
    assert page(client, people["owner"], "import_job", job.pk).status_code == 200


def test_the_list_shows_the_own(client, people):
    checked(people["owner"], row())
    assert "一季度.xlsx" in page(client, people["owner"], "imports").content.decode()
    assert "一季度.xlsx" not in page(client, people["colleague"], "imports").content.decode()
    assert page(client, people["supervisor"], "imports").status_code in (302, 403)


@pytest.mark.parametrize("name", ["import_template", "import_new"])
def test_who_may_bring_in(client, people, name):
    allowed = set()
    for who, user in people.items():
        client.force_login(user)
        args = ["table"] if name == "import_new" else []
        answer = client.post(reverse(name, args=args), {"next": "/admin/imports/"}) if args else client.get(reverse(name))
        if answer.status_code == 200 or answer.headers.get("Location") == "/admin/imports/":
            allowed.add(who)
    assert allowed == {"owner", "administrator", "colleague", "reviewer", "administrator of another county"}


def test_the_menu_is_for_those_who_keep_several_units(client, people, member, tree):
    village_clerk = member("clerk", tree["搜登站村"])
    for user, shown in ((people["owner"], True), (people["auditor"], True), (village_clerk, False), (people["supervisor"], False)):
        client.force_login(user)
        assert ("批量导入" in labels(client.get(reverse("who_may")).content.decode())) is shown, user


def test_the_file_cannot_be_guessed(client, clerk, private_files, settings):
    job = bring(clerk, workbook(row()), "张某13800138000.xlsx")
    assert "13800138000" not in job.file_name
    assert "张" not in job.file.name
    assert not (settings.MEDIA_ROOT and job.file.name in str(settings.MEDIA_ROOT))
    for address in (f"/media/{job.file.name}", f"/documents/{job.file.name}", f"/private/{job.file.name}"):
        assert client.get(address, follow=True).status_code == 404


def test_the_whole_way_through_the_pages(client, clerk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(clerk)
    wrong = SimpleUploadedFile("表.xlsx", workbook(row(), row(单位="没有村")))
    answer = client.post(reverse("import_new", args=["table"]), {"file": wrong, "next": "/admin/imports/"}, follow=True)
    assert "正在读" in answer.content.decode()
    job = ImportJob.objects.get()
    client.post(reverse("import_step", args=[job.pk]))
    words = client.get(reverse("import_job", args=[job.pk])).content.decode()
    assert "没有叫“没有村”的单位" in words
    assert "只导没问题的 1 行" in words
    assert client.get(reverse("import_progress", args=[job.pk])).json()["at_work"] is False
    client.post(reverse("import_go", args=[job.pk]), {"mode": "good"})
    client.post(reverse("import_step", args=[job.pk]))
    words = client.get(reverse("import_job", args=[job.pk])).content.decode()
    assert "撤销这次导入" in words
    client.post(reverse("import_undo", args=[job.pk]))
    client.post(reverse("import_step", args=[job.pk]))
    assert "撤销了" in client.get(reverse("import_job", args=[job.pk])).content.decode()


def test_pages_ask_the_same_whatever_the_rows(client, clerk, django_assert_max_num_queries):
    job = imported(checked(clerk, *[row(标题=f"第{n}条") for n in range(120)]))
    client.force_login(clerk)
    client.get(reverse("import_job", args=[job.pk]))
    with django_assert_max_num_queries(25):
        client.get(reverse("import_job", args=[job.pk]) + "?rows=good")
