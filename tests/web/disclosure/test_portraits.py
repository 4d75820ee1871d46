"""Pictures of executives on the public site: drawn anew once, and gone with what they were drawn from."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import Portrait
from prongsai.web.disclosure.queries import contacts
from prongsai.web.disclosure.queries.site import site_of
from prongsai.web.disclosure.services import building, erasing
from prongsai.web.disclosure.services.portraits import draw_portraits
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File
from prongsai.web.registers.models import Entry, EntryFile, RegisterSetting

pytestmark = pytest.mark.django_db
CAMERA = "Secret Camera"


def photo(shade: int = 90) -> bytes:
    """A JPEG as a telephone makes it: with its place on earth and its maker."""
    exif = Image.Exif()
    exif[Base.Make] = CAMERA
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (14.8, 0.0, 0.0)
    target = io.BytesIO()
    Image.new("RGB", (1200, 1500), (shade, 120, 130)).save(target, "JPEG", exif=exif)
    return target.getvalue()


@pytest.fixture
def shown(agency, file) -> File:
    """The picture of the mayor in the published register of executives."""
    RegisterSetting.objects.create(agency=agency, register="executives", is_published=True)
    return entered(agency, file, "นายสมหมาย ใจกว้าง", photo())


def entered(agency, file, name: str, content: bytes) -> File:
    entry = Entry.objects.create(
        agency=agency, register="executives", state="current", title=name, dated_on=timezone.localdate(),
        number=Entry.objects.count() + 1,
        values={"person": {"text": name}, "post": "นายกเทศมนตรี", "side": "political", "phone": "0-3600-0000"},
    )  # fmt: skip
    kept = file("ภาพ.jpg", content, is_guarded=True)
    EntryFile.objects.create(entry=entry, field="photo", file=kept)
    return kept


def portraits(agency) -> list[bytes]:
    return [one.photo.open_bytes() for one in site_of(agency).political if one.photo]


def test_picture_goes_out_without_what_the_camera_wrote(agency, shown):
    built = building.build(agency)
    (content,) = portraits(agency)
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.height, dict(picture.getexif())) == ("PNG", 480, {})
    files = [one.read_bytes() for one in built.folder.rglob("*") if one.is_file()]
    assert content in files
    assert [one for one in files if CAMERA.encode() in one or b"Exif" in one] == []


def test_picture_is_drawn_once_and_kept_guarded(agency, shown):
    assert [draw_portraits(agency), draw_portraits(agency)] == [1, 0]
    (one,) = Portrait.objects.select_related("drawn")
    assert (one.original, one.drawn.is_guarded) == (shown, True)


def test_picture_that_was_not_drawn_yet_or_cannot_be_is_not_shown(agency, shown, file):
    assert portraits(agency) == []
    entered(agency, file, "นายไม่ชัด", photo(10)[:2000])
    draw_portraits(agency)
    assert (len(portraits(agency)), Portrait.objects.filter(drawn=None).count()) == (1, 1)
    (lack,) = [one for one in contacts.lacks_of(agency, timezone.localdate()) if one.name == "นายไม่ชัด"]
    assert lack.lacks == ("ภาพถ่ายที่เปิดได้ (ย่อรูปแล้วส่งใหม่)",)


def test_picture_goes_with_what_it_was_drawn_from(agency, shown, scope, django_capture_on_commit_callbacks):
    draw_portraits(agency)
    drawn = Portrait.objects.get().drawn
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(scope(Role.PRIVACY), file=shown, reason="ขอให้ลบ")
    assert [store.path_of(agency.code, one.sha256).exists() for one in (shown, drawn)] == [False, False]
    assert portraits(agency) == []
    building.build(agency)
    assert draw_portraits(agency) == 0


def test_queries_of_portraits_are_the_same_for_one_and_three(
    agency, shown, file, django_assert_num_queries, django_assert_max_num_queries
):
    draw_portraits(agency)
    site_of(agency)  # what is asked once in a process is asked here
    with django_assert_max_num_queries(60) as one:
        site_of(agency)
    for shade in (10, 20):
        entered(agency, file, f"รอง {shade}", photo(shade))
    draw_portraits(agency)
    with django_assert_num_queries(len(one)):
        site_of(agency)
