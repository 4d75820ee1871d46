"""The agency's page: facts, letter prefix, pictures drawn anew, the history of names and kinds."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from prongsai.web.agencies import services
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Agency, AgencyPeriod, AuditEntry
from prongsai.web.agencies.queries import letters_expected, periods_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.services.agency import IMAGE_SIDE, redrawn

pytestmark = pytest.mark.django_db


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **more) -> bytes:
    drawn = io.BytesIO()
    Image.new(mode, size, 0).save(drawn, kind, **more)
    return drawn.getvalue()


def typed(agency: Agency, **more) -> dict[str, object]:
    given = {
        name: getattr(agency, name) for name in ("name", "kind", "province", "district", "letter_prefix", "version")
    }
    return given | more


# --- pictures -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_picture_is_drawn_anew_as_png(kind):
    with Image.open(io.BytesIO(redrawn(picture(kind)))) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (40, 30))


def test_large_picture_is_made_small():
    with Image.open(io.BytesIO(redrawn(picture("PNG", (2400, 1200))))) as drawn:
        assert drawn.size == (IMAGE_SIDE, IMAGE_SIDE // 2)


def test_nothing_hidden_in_a_picture_is_kept():
    notes = PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    content = picture(pnginfo=notes) + b"<script>alert(2)</script>"
    assert b"script" in content and b"script" not in redrawn(content)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        b"%PDF-1.7",
        b"GIF89a",
        picture("PNG")[:40],
        picture("TIFF"),
        picture("BMP"),
        picture("PNG", (6000, 5000), "1"),
        picture("PNG") + b"0" * 5_000_000,
    ],
    ids=["svg", "pdf", "gif head", "cut off", "tiff", "bmp", "too many pixels", "too many bytes"],
)
def test_anything_else_is_refused(content):
    with pytest.raises(ValidationError):
        redrawn(content)


def test_page_takes_a_picture_shows_it_and_takes_it_away(agency, sign_in):
    client, address = sign_in(Role.ADMIN), f"/{agency.code}/agency/edit/"
    upload = SimpleUploadedFile("ตรา.jpg", picture("JPEG"), "image/jpeg")
    assert client.post(address, typed(agency, emblem=upload)).status_code == 302
    shown = client.get(f"/{agency.code}/agency/emblem/emblem.png")
    assert (shown["Content-Type"], shown.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    agency.refresh_from_db()
    assert client.post(address, typed(agency, emblem_off="on")).status_code == 302
    assert client.get(f"/{agency.code}/agency/emblem/emblem.png").status_code == 204
    assert client.get(f"/{agency.code}/agency/emblem/other.png").status_code == 404


def test_page_refuses_what_is_no_picture_and_keeps_the_rest_unsaved(agency, sign_in):
    upload = SimpleUploadedFile("ตรา.png", b"<html>", "image/png")
    answer = sign_in(Role.ADMIN).post(f"/{agency.code}/agency/edit/", typed(agency, phone="1234", logo=upload))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["logo"])
    assert Agency.objects.get(pk=agency.pk).phone == ""


# --- facts ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "kept"), [("ลบ 52701", "ลบ ๕๒๗๐๑"), ("ลบ๕๒๗๐๑/", "ลบ ๕๒๗๐๑"), ("ลบ ๕๒๗๐๑.๒", "ลบ ๕๒๗๐๑.๒")]
)
def test_letter_prefix_is_kept_in_one_way(system, given, kept):
    assert services.change_agency(system, letter_prefix=given).letter_prefix == kept


@pytest.mark.parametrize("given", ["52701", "ลบ", "ลบ ๕๒๗๐๑/๑๒", "abc 123"])
def test_letter_prefix_that_is_none_is_refused(system, given):
    with pytest.raises(ValidationError) as refused:
        services.change_agency(system, letter_prefix=given)
    assert list(refused.value.message_dict) == ["letter_prefix"]


def test_letters_of_another_province_are_pointed_out(agency, system):
    assert letters_expected(agency) == ""
    assert letters_expected(services.change_agency(system, letter_prefix="สห 52701")) == "ลบ"


def test_district_of_another_province_is_refused(agency, sign_in):
    answer = sign_in(Role.ADMIN).post(f"/{agency.code}/agency/edit/", typed(agency, district="เมืองสิงห์บุรี"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["district"])


def test_change_by_two_is_told(system):
    services.change_agency(system, version=1, phone="1")
    with pytest.raises(Stale):
        services.change_agency(system, version=1, phone="2")


def test_code_in_every_address_is_not_changed_by_the_page(agency, sign_in):
    assert sign_in(Role.ADMIN).post(f"/{agency.code}/agency/edit/", typed(agency, code="05160199")).status_code == 302
    assert Agency.objects.get(pk=agency.pk).code == agency.code


# --- history --------------------------------------------------------------------------------------------------------
def periods() -> list[tuple[str, str, date | None, date | None]]:
    return list(periods_of(Agency.objects.get()).values_list("kind", "name", "valid_from", "valid_to"))


def test_raising_of_status_leaves_the_old_name_in_the_history(system):
    services.change_agency(
        system, name="เทศบาลเมืองบ้านสวนพลู", kind="town", changed_on=date(2026, 10, 1), basis="ประกาศกระทรวง"
    )
    assert periods() == [
        ("subdistrict", "เทศบาลตำบลบ้านสวนพลู", None, date(2026, 9, 30)),
        ("town", "เทศบาลเมืองบ้านสวนพลู", date(2026, 10, 1), None),
    ]
    services.change_agency(system, name="เทศบาลนครบ้านสวนพลู", kind="city", changed_on=date(2030, 1, 1))
    assert periods()[1:] == [
        ("town", "เทศบาลเมืองบ้านสวนพลู", date(2026, 10, 1), date(2029, 12, 31)),
        ("city", "เทศบาลนครบ้านสวนพลู", date(2030, 1, 1), None),
    ]


def test_mending_a_slip_leaves_no_history(system):
    services.change_agency(system, name="เทศบาลตำบลบ้านสวนพลูใหม่")
    assert periods() == []


def test_page_writes_the_history_and_refuses_overlaps(agency, sign_in):
    client, address = sign_in(Role.ADMIN), f"/{agency.code}/agency/edit/"
    rows = {"periods-TOTAL_FORMS": 1, "periods-INITIAL_FORMS": 0, "periods-0-kind": "tao"}
    rows |= {"periods-0-name": "อบต.บ้านสวนพลู", "periods-0-valid_to": "๒๔ ก.ย. ๒๕๕๕"}
    assert client.post(address, typed(agency, **rows)).status_code == 302
    assert periods() == [("tao", "อบต.บ้านสวนพลู", None, date(2012, 9, 24))]
    kept = AgencyPeriod.objects.get()
    more = {**rows, "periods-TOTAL_FORMS": 2, "periods-INITIAL_FORMS": 1, "periods-0-id": kept.pk}
    more |= {"periods-1-kind": "subdistrict", "periods-1-name": "ทต.", "periods-1-valid_from": "1/1/2555"}
    answer = client.post(address, typed(Agency.objects.get(pk=agency.pk), **more))
    assert (answer.status_code, len(periods())) == (422, 1)


def test_history_takes_no_key_of_another_agencys(agency, other_agency, sign_in):
    theirs = AgencyPeriod.objects.create(agency=other_agency, kind="tao", name="อบต.ท่าหว้า")
    rows = {"periods-TOTAL_FORMS": 1, "periods-INITIAL_FORMS": 0, "periods-0-id": theirs.pk, "periods-0-kind": "tao"}
    rows |= {"periods-0-name": "อบต.บ้านสวนพลู", "periods-0-valid_to": "๒๔ ก.ย. ๒๕๕๕"}
    answer = sign_in(Role.ADMIN).post(f"/{agency.code}/agency/edit/", typed(agency, **rows))
    assert (answer.status_code, list(AgencyPeriod.objects.all())) == (422, [theirs])


# --- the page -------------------------------------------------------------------------------------------------------
def test_page_is_the_door_to_all(agency, sign_in, django_assert_num_queries):
    client = sign_in(Role.HEAD)
    with django_assert_num_queries(16):
        page = client.get(f"/{agency.code}/agency/")
    assert (page.context["headcount"].total, page.context["units"], page.context["top"].person.given_name) == (
        15,
        5,
        "สมหมาย",
    )
    for tab in ("units", "people", "posts", "committees", "job-orders"):
        assert f'href="/{agency.code}/agency/{tab}/"' in page.content.decode()


def test_wrong_role_and_other_agency_find_nothing(agency, other_agency, sign_in):
    assert sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/edit/").status_code == 404
    assert sign_in(Role.ADMIN).get(f"/{other_agency.code}/agency/").status_code == 404
    assert sign_in(Role.ADMIN).get(f"/{other_agency.code}/agency/emblem/emblem.png").status_code == 404


def test_journal_tells_a_picture_by_its_hash_only(system):
    services.set_image(system, which="emblem", content=picture())
    before, after = AuditEntry.objects.get().changes["emblem"]
    assert (before, after[:7], len(after)) == ("", "sha256:", 71)
