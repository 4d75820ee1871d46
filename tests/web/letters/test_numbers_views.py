"""Pages of the registers of numbers: who may, what is said on top, search and pages, settings, cancelling."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies.roles import Power, Role, powers_of
from prongsai.web.letters.models import Letter, Number, NumberState, Series, SeriesYear
from prongsai.web.letters.queries import numbers as queries
from prongsai.web.letters.services import numbers as services
from tests.web import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(scope):
    return scope(Role.CLERK)


@pytest.fixture
def year(clerk) -> int:
    return queries.year_of(clerk.today)


@pytest.fixture
def out(clerk) -> Series:
    return services.add_series(clerk, kind="outgoing")


def address(name: str, *words: object, code: str = office.CODE) -> str:
    return reverse(f"letters:{name}", args=[code, *words])


def numbered(scope, **values) -> Letter:
    given = {"agency": scope.agency, "paper": "memo", "subject": "ขอส่งรายงาน", "drafter": scope.person} | values
    return services.number_letter(scope, letter=Letter.objects.create(**given), version=1, dated=scope.today)


# --- who may ---------------------------------------------------------------------------------------------------------
def test_registers_are_seen_by_who_sees_work_and_kept_by_who_keeps_letters(out, sign_in, clerk):
    held = services.reserve(clerk, series=out, subject="จอง")[0]
    seen = [address("series_list"), address("series", out.pk), address("series_export", out.pk, "csv")]
    kept = [
        address("series_add"), address("series_start"), address("series_edit", out.pk), address("reserve", out.pk),
        address("number_cancel", held.pk),
    ]  # fmt: skip
    for role in Role:
        client, powers = sign_in(role), powers_of([role])
        for wanted, power in ((seen, Power.SEE_WORK), (kept, Power.KEEP_LETTERS)):
            status = 200 if power in powers else 404
            assert {client.get(one).status_code for one in wanted} == {status}, role


def test_other_agency_s_registers_are_not_there(out, sign_in, clerk, other_agency):
    held = services.reserve(clerk, series=out, subject="จอง")[0]
    theirs = sign_in(Role.CLERK, of=other_agency)
    for name, pk in (("series", out.pk), ("series_edit", out.pk), ("reserve", out.pk), ("number_cancel", held.pk)):
        assert theirs.get(address(name, pk, code=other_agency.code)).status_code == 404
        assert theirs.get(address(name, pk)).status_code == 404


# --- the list --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_list_of_registers_asks_the_same_whatever_their_number(clerk, sign_in, django_assert_num_queries, count):
    for kind in ("outgoing", "order", "incoming")[:count]:
        services.reserve(clerk, series=services.add_series(clerk, kind=kind), subject="จอง")
    client = sign_in(Role.CLERK)
    client.get(address("series_list"))
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(address("series_list")).content.decode()
    assert page.count("<tr>") == count + 1


LIST_QUERIES = 10


def test_list_tells_the_next_number_gaps_and_old_reservations(clerk, out, sign_in):
    services.reserve(clerk, series=out, subject="จอง", count=4)
    Number.objects.filter(value=2).delete()
    Number.objects.filter(value=1).update(taken_at=timezone.now() - timedelta(days=40))
    page = sign_in(Role.CLERK).get(address("series_list")).content.decode()
    assert "ลบ ๕๒๗๐๑/๕" in page and "ขาด ๑ เลข" in page and "จองค้าง ๑" in page


def test_office_without_a_register_is_shown_the_way(sign_in, agency):
    assert "ยังไม่มีทะเบียนเลข" in sign_in(Role.CLERK).get(address("series_list")).content.decode()
    assert "หนังสือเวียน (ว) | | " in sign_in(Role.CLERK).get(address("series_start")).content.decode()


# --- one register ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3, 120])
def test_register_asks_the_same_whatever_its_length(clerk, out, sign_in, year, django_assert_num_queries, count):
    now = timezone.now()
    Number.objects.bulk_create(
        Number(series=out, year_be=year, value=n, text=f"ลบ 52701/{n}", subject=f"เรื่อง {n}", taken_at=now, taken_by=clerk.person)
        for n in range(1, count + 1)
    )  # fmt: skip
    client = sign_in(Role.CLERK)
    client.get(address("series", out.pk))
    with django_assert_num_queries(REGISTER_QUERIES):
        page = client.get(address("series", out.pk)).content.decode()
    assert page.count("<tr>") == min(count, 100) + 1


REGISTER_QUERIES = 15


def test_register_says_at_the_top_what_is_missing(clerk, out, sign_in):
    services.reserve(clerk, series=out, subject="จอง", count=5)
    client = sign_in(Role.AUDITOR)
    assert "โดยไม่มีคำอธิบาย" not in client.get(address("series", out.pk)).content.decode()
    Number.objects.filter(value__in=(2, 3)).delete()
    page = client.get(address("series", out.pk)).content.decode()
    assert "ขาด ๒ เลขโดยไม่มีคำอธิบาย" in page and "๒, ๓" in page
    assert page.index("ขาด ๒ เลข") < page.index("<table")


def test_register_is_searched_in_thai_and_arabic_digits(clerk, out, sign_in):
    for n in range(3):
        services.reserve(clerk, series=out, subject=f"เชิญประชุมครั้งที่ {n}")
    numbered(clerk, subject="ส่งงบ")
    client = sign_in(Role.OFFICER)
    for words, count in (("๕๒๗๐๑/๒", 1), ("52701/2", 1), ("๔", 1), ("เชิญประชุม", 3), ("ส่งงบ", 1), ("ไม่มี", 0)):
        page = client.get(address("series", out.pk), {"q": words}).content.decode()
        assert page.count('scope="row"') == count, words
    assert client.get(address("series", out.pk), {"state": "used"}).content.decode().count('scope="row"') == 1


def test_old_year_is_a_page_of_its_own(clerk, out, sign_in, year):
    SeriesYear.objects.create(series=out, year_be=year - 1, last_before=220)
    services.take_number(clerk, series=out, subject="ปีก่อน", day=clerk.today.replace(month=1, year=clerk.today.year - 1))
    services.take_number(clerk, series=out, subject="ปีนี้")
    client = sign_in(Role.CLERK)
    now, old = (client.get(address("series", out.pk), {"year": n}).content.decode() for n in (year, year - 1))
    assert ("ปีก่อน" in now, "ปีนี้" in now, "ปีก่อน" in old, "ลบ ๕๒๗๐๑/๒๒๑" in old) == (False, True, True, True)


def test_secret_letter_stands_in_the_register_without_its_subject(clerk, sign_in):
    made = numbered(clerk, secrecy="ลับ", subject="สอบวินัย")
    mine, other = sign_in(Role.CLERK), sign_in(Role.SECRETARY)
    pages = [one.get(address("series", made.series.pk)).content.decode() for one in (mine, other)]
    link = made.get_absolute_url()
    assert [("สอบวินัย" in page, link in page, "หนังสือลับ" in page) for page in pages] == [
        (False, True, True), (False, False, True)
    ]  # fmt: skip
    for words in ("สอบวินัย",):
        assert 'scope="row"' not in other.get(address("series", made.series.pk), {"q": words}).content.decode()
    assert other.get(address("number_cancel", made.number.pk)).status_code == 404


def test_letter_that_bears_a_day_before_its_number_was_taken_is_marked(clerk, out, sign_in):
    made = Letter.objects.create(agency=clerk.agency, paper="memo", subject="ย้อน")
    day = clerk.today - timedelta(days=1)
    if day.year == clerk.today.year:
        services.number_letter(clerk, letter=made, version=1, dated=day)
        assert "ลงวันที่ย้อนหลัง" in sign_in(Role.AUDITOR).get(address("series", out.pk)).content.decode()


# --- opened, started, changed ----------------------------------------------------------------------------------------
def test_register_is_opened_with_the_last_number_of_this_year(clerk, sign_in, year):
    given = {"kind": "outgoing", "unit": "", "prefix": "ลบ ๕๒๗๐๑", "last_before": "๒๒๐"}
    answer = sign_in(Role.CLERK).post(address("series_add"), given)
    made = Series.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.prefix, queries.last_value(made, year)) == ("ลบ 52701", 220)


def test_register_that_is_refused_says_why_beside_the_field(sign_in, agency):
    answer = sign_in(Role.CLERK).post(address("series_add"), {"kind": "outgoing", "prefix": "กท 1234"})
    assert answer.status_code == 422 and "ไม่ใช่ของหน่วยงานนี้" in answer.content.decode()
    assert Series.objects.count() == 0


def test_last_numbers_are_pasted_for_many_registers(sign_in, agency, year):
    table = "ทะเบียน\tส่วนราชการ\tเลขล่าสุด\nหนังสือส่ง\t\t๒๒๐\nหนังสือส่ง | กองช่าง | ลบ ๕๒๗๐๑.๓/๔๑\nเวียน | 12\nคำสั่ง | - | ๒๐๙/๒๕๖๙\nหนังสือรับ||1,046"
    answer = sign_in(Role.CLERK).post(address("series_start"), {"year_be": year, "table": table})
    assert answer.status_code == 302
    found = {(one.kind, str(one.unit or ""), one.prefix): queries.last_value(one, year) for one in Series.objects.all()}
    assert found == {
        ("outgoing", "", "ลบ 52701"): 220,
        ("outgoing", "กองช่าง", "ลบ 52701.3"): 41,
        ("circular", "", "ลบ 52701"): 12,
        ("order", "", ""): 209,
        ("incoming", "", ""): 1046,
    }


@pytest.mark.parametrize(
    "line", ["ทะเบียนอะไร | 5", "หนังสือส่ง | กองที่ไม่มี | 5", "หนังสือส่ง | ห้า", "หนังสือส่ง", "หนังสือส่ง | กท 1234/5"]
)
def test_line_that_cannot_be_read_is_named_and_nothing_is_saved(sign_in, agency, year, line):
    answer = sign_in(Role.CLERK).post(address("series_start"), {"year_be": year, "table": f"คำสั่ง | 5\n{line}"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "บรรทัด ๒" in page and line in page
    assert Series.objects.count() == 0


def test_settings_are_changed_and_stale_is_told(clerk, out, sign_in):
    client, to = sign_in(Role.CLERK), address("series_edit", out.pk)
    assert client.post(to, {"prefix": "ลบ 52701.1", "is_open": "on", "version": 1}).status_code == 302
    answer = client.post(to, {"prefix": "ลบ 52701.2", "is_open": "on", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409 and "ลบ 52701.2" in page and "ลบ 52701.1" in page
    assert 'name="version" value="2"' in page
    assert client.post(to, {"prefix": "กท 1234", "is_open": "on", "version": 2}).status_code == 422


def test_last_number_is_set_on_the_page_of_settings_until_a_number_is_given(clerk, out, sign_in, year):
    client, to = sign_in(Role.CLERK), address("series_edit", out.pk)
    assert client.post(to, {"start": "1", "year_be": year, "last_before": "๙๙"}).status_code == 302
    assert services.take_number(clerk, series=out, subject="ก").value == 100
    assert client.post(to, {"start": "1", "year_be": year, "last_before": "5"}).status_code == 422


# --- reserved, cancelled ---------------------------------------------------------------------------------------------
def test_numbers_are_reserved_on_a_page(clerk, out, sign_in):
    client = sign_in(Role.CLERK)
    answer = client.post(address("reserve", out.pk), {"subject": "รอลงนาม", "count": "๓"}, follow=True)
    assert "จองเลข ลบ ๕๒๗๐๑/๑ – ลบ ๕๒๗๐๑/๓ แล้ว" in answer.content.decode()
    assert client.post(address("reserve", out.pk), {"subject": "", "count": "1"}).status_code == 422
    assert client.post(address("reserve", out.pk), {"subject": "ก", "count": "900"}).status_code == 422
    assert list(Number.objects.values_list("subject", flat=True)) == ["รอลงนาม"] * 3


def test_secret_register_asks_for_no_subject(clerk, sign_in):
    series = services.add_series(clerk, kind="secret_out")
    client = sign_in(Role.CLERK)
    assert 'name="subject"' not in client.get(address("reserve", series.pk)).content.decode()
    assert client.post(address("reserve", series.pk), {"count": "1", "subject": "สอบวินัย"}).status_code == 302
    assert Number.objects.get().subject == ""


def test_number_is_cancelled_with_a_reason_and_stays_to_be_seen(clerk, out, sign_in):
    held, client = services.reserve(clerk, series=out, subject="จอง")[0], sign_in(Role.CLERK)
    to = address("number_cancel", held.pk)
    assert client.post(to, {"reason": "", "version": 1}).status_code == 422
    answer = client.post(to, {"reason": "พิมพ์ผิด", "version": 1}, follow=True)
    assert "ยกเลิกเพราะ พิมพ์ผิด" in answer.content.decode()
    assert client.get(to).status_code == 404  # there is nothing left to cancel


def test_number_that_was_used_meanwhile_is_told_before_it_is_cancelled(clerk, out, sign_in):
    held, client = services.reserve(clerk, series=out, subject="จอง")[0], sign_in(Role.CLERK)
    made = Letter.objects.create(agency=clerk.agency, paper="memo", subject="ด่วน")
    services.number_letter(clerk, letter=made, version=1, dated=clerk.today, number=held)
    answer = client.post(address("number_cancel", held.pk), {"reason": "ไม่ใช้แล้ว", "version": 1})
    assert answer.status_code == 409 and "ไม่ใช้แล้ว" in answer.content.decode()
    held.refresh_from_db()
    assert held.state == NumberState.USED


def test_export_of_another_form_is_not_there(out, sign_in):
    assert sign_in(Role.CLERK).get(address("series_export", out.pk, "exe")).status_code == 404
