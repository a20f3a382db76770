"""By batches: the same queries for ten rows and two hundred, nothing twice whoever works, undo within the hour."""

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openness.disclosures.models import Disclosure
from openness.imports.models import ImportJob, ImportRow, Phase
from openness.imports.services import bring_in, check, stage, undo
from openness.imports.services.advance import advance, advance_all
from openness.imports.services.claim import Overtaken
from openness.imports.services.decide import begin_import, begin_undo, give_up
from openness.imports.services.empty import sweep, sweep_strays
from openness.imports.services.lookups import Lookups
from openness.units.refusal import Refused

from .conftest import bring, checked, days_ago, imported, row, undone, work, workbook

pytestmark = pytest.mark.django_db


def many(number: int, start: int = 0) -> list[list[str]]:
    return [row(标题=f"第{n}份情况") for n in range(start, start + number)]


def queries(job: ImportJob, step) -> list[str]:
    """The statements of one batch, as verb and table; a long INSERT or UPDATE that SQLite takes in pieces counts once."""
    fresh = ImportJob.objects.select_related("owner", "unit", "item").get(pk=job.pk)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        step(fresh, Lookups(fresh.owner))
    shapes = [
        " ".join(one["sql"].split()[:4])[:60] for one in caught.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]
    return [shape for n, shape in enumerate(shapes) if shape.startswith("SELECT") or n == 0 or shapes[n - 1] != shape]


def a_batch(clerk, number: int, start: int) -> dict[str, list[str]]:
    job, told = bring(clerk, workbook(*many(number, start))), {}
    told["read"] = queries(job, stage.step)
    told["check"] = queries(job, check.step)
    while ImportJob.objects.get(pk=job.pk).phase == Phase.CHECKING:
        check.step(ImportJob.objects.get(pk=job.pk), Lookups(clerk))
    begin_import(job, "all")
    told["import"] = queries(job, bring_in.step)
    work(job)
    begin_undo(job, "经某")
    told["undo"] = queries(job, undo.step)
    return told


def test_the_same_queries_for_ten_and_for_two_hundred(clerk):
    a_batch(clerk, 2, 9000)  # content types and the like are read once a process
    few, full = a_batch(clerk, 10, 0), a_batch(clerk, 200, 1000)
    assert {name: len(shapes) for name, shapes in few.items()} == {name: len(shapes) for name, shapes in full.items()}, (few, full)
    assert all(len(shapes) <= 50 for shapes in full.values()), {name: len(shapes) for name, shapes in full.items()}


def test_several_batches(clerk):
    job = imported(checked(clerk, *many(450)))
    assert (job.read, job.checked, job.good, job.imported) == (450, 450, 450, 450)
    assert Disclosure.objects.count() == 450


def test_whoever_is_second_writes_nothing(clerk):
    job = bring(clerk, workbook(*many(3)))
    first, second = ImportJob.objects.get(pk=job.pk), ImportJob.objects.get(pk=job.pk)
    stage.step(first, Lookups(clerk))
    with pytest.raises(Overtaken):
        stage.step(second, Lookups(clerk))
    checked_once, checked_twice = ImportJob.objects.get(pk=job.pk), ImportJob.objects.get(pk=job.pk)
    check.step(checked_once, Lookups(clerk))
    with pytest.raises(Overtaken):
        check.step(checked_twice, Lookups(clerk))
    begin_import(job, "all")
    one, other = (ImportJob.objects.select_related("owner").get(pk=job.pk) for _n in range(2))
    bring_in.step(one, Lookups(clerk))
    with pytest.raises(Overtaken):
        bring_in.step(other, Lookups(clerk))
    assert Disclosure.objects.count() == 3


def test_a_page_goes_on_where_no_worker_runs(client, clerk):
    from django.urls import reverse

    job = bring(clerk, workbook(*many(3)))
    client.force_login(clerk)
    client.post(reverse("import_step", args=[job.pk]))
    assert ImportJob.objects.get(pk=job.pk).phase == "checked"


def test_a_lost_file_stops_the_job_with_a_sentence_and_no_cell_in_the_log(clerk, private_files, caplog):
    job = bring(clerk, workbook(*many(3)))
    next(path for path in private_files.rglob("*") if path.is_file()).unlink()
    assert advance_all() == 0
    job.refresh_from_db()
    assert "再试一次" in job.fault
    assert advance_all() == 0
    assert "FileNotFoundError" in caplog.text
    assert "情况" not in caplog.text


def test_undo_takes_back_what_nobody_touched(clerk, member, tree, village):
    job = imported(checked(clerk, *many(4)))
    edited, sent, _third, _fourth = Disclosure.objects.order_by("pk")
    colleague = member("clerk", village, first_name="同某")
    edited.title = "改过的"
    edited.save_revision(user=colleague)
    sent.get_workflow().start(sent, clerk)
    job = undone(job)
    assert (job.phase, job.undone, job.kept) == ("undone", 2, 2)
    assert set(Disclosure.objects.all()) == {edited, sent}
    notes = dict(ImportRow.objects.filter(job=job, state="kept").values_list("disclosure", "note"))
    assert notes == {edited.pk: "同某改过", sent.pk: "已经交去审核了"}
    assert (job.undone_by, job.owner_name[:2]) == ("经某 #1", "经某")


def test_undo_keeps_what_was_saved_over_the_same_version(clerk):
    """Autosave writes into the last version instead of adding one."""
    job = imported(checked(clerk, *many(1)))
    text = Disclosure.objects.get()
    text.title = "自动保存的"
    text.save_revision(user=clerk, overwrite_revision=text.latest_revision)
    assert undone(job).kept == 1


def test_undo_keeps_what_is_public_or_locked(clerk, member, village):
    job = imported(checked(clerk, *many(2)))
    public, locked = Disclosure.objects.order_by("pk")
    public.get_latest_revision().publish(user=member("reviewer", village))
    Disclosure.objects.filter(pk=locked.pk).update(locked=True, locked_by=clerk)
    job = undone(job)
    assert job.kept == 2
    assert set(ImportRow.objects.values_list("note", flat=True)) == {"已经公开了", "经某锁住了"}


def test_undo_counts_what_somebody_deleted(clerk):
    job = imported(checked(clerk, *many(2)))
    Disclosure.objects.first().delete()
    job = undone(job)
    assert (job.undone, job.kept) == (2, 0)


def test_after_the_hour_nothing_is_undone(clerk):
    job = imported(checked(clerk, *many(1)))
    ImportJob.objects.update(finished_at=timezone.now() - timedelta(minutes=61))
    job.refresh_from_db()
    assert not job.can_be_undone
    with pytest.raises(Refused, match="过了一个小时"):
        begin_undo(job, "经某")


def test_after_an_undo_the_same_file_comes_in_again(clerk):
    undone(imported(checked(clerk, *many(2))))
    job = imported(checked(clerk, *many(2)))
    assert job.imported == 2


def test_files_and_words_go_after_their_days(clerk, private_files, settings):
    job = imported(checked(clerk, *many(2), row(单位="没有村")), "good")
    assert sweep() == 0
    ImportJob.objects.update(moved_at=days_ago(settings.IMPORT_KEEP_DAYS + 1))
    assert sweep() == 1
    job.refresh_from_db()
    assert (job.phase, bool(job.file), job.imported) == ("done", False, 2)
    assert set(ImportRow.objects.values_list("state", "disclosure__title")) == {("done", "第0份情况"), ("done", "第1份情况")}
    assert all(one.cells == [] and one.findings == [] for one in ImportRow.objects.all())
    assert sweep() == 0


def test_the_file_is_deleted_from_the_disk(clerk, private_files, settings, django_capture_on_commit_callbacks):
    checked(clerk, *many(1))
    assert [path for path in private_files.rglob("*") if path.is_file()]
    ImportJob.objects.update(moved_at=days_ago(settings.IMPORT_KEEP_DAYS + 1))
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert [path for path in private_files.rglob("*") if path.is_file()] == []
    assert ImportJob.objects.get().phase == "given_up"


def test_a_file_whose_row_was_never_written_goes_after_a_day(clerk, private_files):
    job = bring(clerk, workbook(row()))
    stray, fresh = private_files / "imports/2026/01/stray", private_files / "imports/2026/01/fresh"
    stray.parent.mkdir(parents=True)
    for path in (stray, fresh):
        path.write_bytes(b"x")
    for path in (stray, private_files / job.file.name):
        os.utime(path, (0, 0))
    assert sweep_strays() == 1
    assert not stray.exists()
    assert fresh.exists()
    assert job.file.storage.exists(job.file.name)


def test_giving_up_deletes_at_once(clerk, private_files, django_capture_on_commit_callbacks):
    job = checked(clerk, *many(2))
    with django_capture_on_commit_callbacks(execute=True):
        give_up(job)
    assert not ImportRow.objects.exists()
    assert [path for path in private_files.rglob("*") if path.is_file()] == []
    with pytest.raises(Refused):
        begin_import(job, "all")


def test_what_came_in_cannot_be_given_up(clerk):
    job = imported(checked(clerk, *many(1)))
    with pytest.raises(Refused, match="已经到下一步"):
        give_up(job)


def test_five_open_files_are_enough(clerk):
    for _n in range(5):
        bring(clerk, workbook(row()))
    with pytest.raises(Refused, match="5 个导入还没有定"):
        bring(clerk, workbook(row()))


def test_a_turn_is_short(clerk):
    """A large file does not hold up the others: each gets a turn."""
    job = bring(clerk, workbook(*many(450)))
    advance(job.pk, seconds=0)
    job.refresh_from_db()
    assert job.read == 200
