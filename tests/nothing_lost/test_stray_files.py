"""A process killed between the file and its row: nothing is listed, the file goes after a day; what a row names stays."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from openness.disclosures.models import Attachment
from openness.disclosures.services.stray_files import sweep_stray_files

pytestmark = pytest.mark.django_db
DAY = 86_400


@pytest.fixture(autouse=True)
def root(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def age(path: Path, seconds: float) -> Path:
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


def cut_off(root: Path, seconds: float, name: str = "documents/half.pdf") -> Path:
    """What an upload leaves whose process died before its row was written."""
    return age(root / default_storage.save(name, ContentFile(b"%PDF half")), seconds)


def test_what_was_cut_off_goes_after_a_day(root):
    old, young = cut_off(root, DAY + 60), cut_off(root, DAY - 60)
    photo = cut_off(root, DAY + 60, "original_images/half.jpg")
    call_command("sweep_files")
    assert (old.exists(), photo.exists(), young.exists()) == (False, False, True)


def test_what_a_row_or_a_rendition_names_stays(root, village):
    document = Attachment.objects.create(title="账目", unit=village, file=ContentFile(b"%PDF whole", name="whole.pdf"))
    photo = get_image_model().objects.create(title="照片", unit=village, file=get_test_image_file())
    paths = [Path(one.file.path) for one in (document, photo, photo.get_rendition("width-100"))]
    for path in paths:
        age(path, DAY + 60)
    stray = cut_off(root, DAY + 60)
    assert sweep_stray_files() == 1
    assert [path.exists() for path in (*paths, stray)] == [True, True, True, False]


def test_other_folders_and_what_is_long_there_are_left_alone(root):
    kept = [cut_off(root, DAY + 60, "elsewhere/x.pdf"), cut_off(root, 40 * DAY)]
    assert sweep_stray_files() == 0
    assert all(path.exists() for path in kept)


def test_many_at_once_are_reported_and_kept(root, caplog):
    strays = [cut_off(root, DAY + 60, f"documents/{number}.pdf") for number in range(101)]
    assert sweep_stray_files() == 0
    assert "101 of 101 uploaded files belong to no row" in caplog.text
    assert all(path.exists() for path in strays)
