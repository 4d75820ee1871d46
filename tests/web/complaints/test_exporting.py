"""Copies for a committee; the way to the register of risks; and that nobody deletes a case."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from django.urls import reverse

from prongsai.documents.write import pdf
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints import urls
from prongsai.web.complaints.contents import Accused, FileKey, Identity, Mode, Told
from prongsai.web.complaints.marks import is_of
from prongsai.web.complaints.models import Message, Report, SealedFile
from prongsai.web.complaints.services import exporting, receiving
from prongsai.web.complaints.services.cases import note, open_case
from prongsai.web.complaints.services.exporting import Part, Recipient
from tests.web.complaints import office_keys

pytestmark = pytest.mark.django_db
ONE = Recipient("นายวิเชียร รอบรู้", "ประธานกรรมการ")
OTHER = Recipient("นางสาวสุดา คิดดี", "กรรมการ")
EVERY = [part.value for part in Part]


@pytest.fixture
def near(monkeypatch) -> None:
    """Papers are made in this process: starting another one for each takes most of a test's time."""
    monkeypatch.setattr(pdf, "render_all_apart", lambda papers, office: [pdf.render(one, office) for one in papers])


@pytest.fixture
def report(agency, channel) -> Report:
    told = Told(
        mode=Mode.CONFIDENTIAL,
        category="bribe",
        what="นายช่างขอซองสามพันบาท " * 120,
        where="ห้องกองช่าง",
        when="ต้นเดือน",
        accused=(Accused("นายอรุณ ขยันยิ่ง", "นายช่างโยธา", "กองช่าง"),),
    )
    receipt = receiving.receipt_of(receiving.give_token())
    identity = Identity(name="นางสาวมะลิ ใจดี", phone="08-1234-5678")
    return receiving.submit(agency, way="public", told=told, receipt=receipt, identity=identity)


@pytest.fixture
def legal(agency, channel):
    return office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)


@pytest.fixture
def case(legal, report):
    return open_case(*legal, report, is_viewed=False)


def pages(content: bytes) -> list[str]:
    """The words of each page, without the spaces that a printed line may have lost."""
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "").replace(" ", "") for page in document]


def made(legal, case, *recipients, parts=EVERY, reason=""):
    return exporting.make_copies(*legal, case, recipients=recipients, parts=parts, identity_reason=reason)


def test_every_page_bears_its_readers_name_the_number_the_day_and_the_secrecy(near, legal, case):
    copies = made(legal, case, ONE)
    assert (copies.name, copies.media_type) == (f"{case.report.number}.pdf", "application/pdf")
    found = pages(copies.content)
    assert len(found) >= 2
    name = ONE.name.replace(" ", "")
    # In the line at the head, and three times across.
    assert all(page.count(name) >= 4 for page in found)
    assert all(page.count("ลับ") >= 2 + 3 for page in found)
    assert all("เรื่องเลขที่" in page for page in found)


def test_each_of_several_has_a_copy_of_their_own_in_a_zip(near, legal, case):
    copies = made(legal, case, ONE, OTHER)
    with zipfile.ZipFile(io.BytesIO(copies.content)) as bundle:
        names = bundle.namelist()
        held = ["".join(pages(bundle.read(name))) for name in names]
    number = case.report.number
    assert (copies.name, names) == (f"{number}.zip", [f"{number}-1.pdf", f"{number}-2.pdf"])
    wanted = [one.name.replace(" ", "") for one in (ONE, OTHER)]
    assert [[name in each for name in wanted] for each in held] == [[True, False], [False, True]]


def test_only_what_was_ticked_is_in_it_and_never_who_reported(near, legal, case):
    note(*legal, case, text="บันทึกภายในเรื่องนี้")
    case = open_case(*legal, Report.objects.get(), is_viewed=False)
    facts = "".join(pages(made(legal, case, ONE, parts=[Part.FACTS]).content))
    notes = "".join(pages(made(legal, case, ONE, parts=[Part.NOTES]).content))
    every = "".join(pages(made(legal, case, ONE).content))
    assert ["ขอซองสามพันบาท" in text for text in (facts, notes, every)] == [True, False, True]
    assert ["บันทึกภายในเรื่องนี้" in text for text in (facts, notes, every)] == [False, True, True]
    assert ["มะลิ" in text or "1234" in text for text in (facts, notes, every)] == [False] * 3
    assert AuditEntry.objects.filter(action="complaint.identity").count() == 0


def test_who_reported_is_in_it_for_a_reason_which_stands_in_the_journal_and_the_case(near, legal, case):
    text = "".join(pages(made(legal, case, ONE, parts=[Part.FACTS], reason="ต้องสอบปากคำผู้แจ้ง").content))
    assert "นางสาวมะลิใจดี" in text
    assert AuditEntry.objects.filter(action="complaint.identity").count() == 1
    after = open_case(*legal, Report.objects.get(), is_viewed=False)
    assert [one.text for one in after.notes if one.data.get("act") == "identity"] == ["ต้องสอบปากคำผู้แจ้ง"]


def test_journal_tells_how_many_copies_and_the_case_for_whom(near, legal, case):
    made(legal, case, ONE, OTHER)
    line = AuditEntry.objects.get(action="complaint.export")
    assert (set(line.changes), line.changes["copies"]) == ({"case", "copies"}, [None, 2])
    assert is_of(case.keys.mark, line.changes["case"][1])
    after = open_case(*legal, Report.objects.get(), is_viewed=False)
    told = next(one for one in after.notes if one.data.get("act") == "export")
    assert told.text.splitlines()[1:] == [ONE.words, OTHER.words]
    lines = str(list(AuditEntry.objects.values_list("subject_text", "changes")))
    assert not any(word in lines for word in (ONE.name, OTHER.name, case.report.number))


def test_no_file_is_made_anywhere_while_copies_are_made(legal, case, tmp_path, monkeypatch, settings):
    """A folder's time changes when anything is put into it, even when it is taken away again."""
    watched = [tmp_path / "scratch", *(Path(one) for one in (settings.EVIDENCE_FOLDER, settings.SEALED_FOLDER))]
    for folder in watched:
        folder.mkdir(exist_ok=True)
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(watched[0]))
    monkeypatch.setattr("tempfile.tempdir", None)
    for folder in [tmp_path, *watched]:
        os.utime(folder, ns=(1, 1))
    made(legal, case, ONE, OTHER)
    assert {path.stat().st_mtime_ns for path in [tmp_path, *watched]} == {1}


def test_file_names_are_listed_and_files_are_not_in_it(near, legal, case):
    key = FileKey("ภาพซอง.jpg", 2_345_678, "a" * 32, "AGE-SECRET-KEY-1")
    told = replace(case.told, files=(key,))
    text = "".join(pages(made(legal, replace(case, told=told), ONE, parts=[Part.FILES]).content))
    assert "ภาพซอง.jpg" in text
    assert "AGE-SECRET" not in text


# --- the page ---------------------------------------------------------------------------------------------------------
def address_of(agency, report) -> str:
    return reverse("complaint_export", args=[agency.code, report.number])


def test_page_hands_the_copy_over_and_lets_nobody_keep_it(agency, handler_client, report):
    given = {"name_1": ONE.name, "position_1": ONE.position, "parts": [Part.FACTS, Part.ACCUSED]}
    answer = handler_client(Role.LEGAL).post(address_of(agency, report), given)
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer["Content-Disposition"] == f'attachment; filename="{report.number}.pdf"'
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "given",
    [
        {"parts": ["facts"]},
        {"name_1": "นายวิเชียร รอบรู้"},
        {"name_1": "นายวิเชียร รอบรู้", "parts": ["everything"]},
        {"position_2": "กรรมการ", "parts": ["facts"]},
    ],
)
def test_copies_for_nobody_or_of_nothing_are_refused(agency, handler_client, report, given):
    assert handler_client(Role.LEGAL).post(address_of(agency, report), given).status_code == 422
    assert AuditEntry.objects.filter(action="complaint.export").count() == 0


def test_who_cannot_open_the_case_gets_no_copy(agency, other_agency, handler_client, signed_in, sign_in, report):
    given = {"name_1": ONE.name, "parts": ["facts"]}
    for who in (office_keys.SUPERVISOR, Role.CLERK, office_keys.FALLBACK):
        assert handler_client(who).post(address_of(agency, report), given).status_code == 404, who
    assert signed_in(Role.ADMIN).post(address_of(agency, report), given).status_code == 404
    assert sign_in(Role.LEGAL, of=other_agency).get(address_of(agency, report)).status_code == 404


# --- bribes and the register of risks ---------------------------------------------------------------------------------
def test_bribe_has_a_category_of_its_own_and_a_way_to_the_register_of_risks(agency, handler_client, report):
    page = handler_client(Role.LEGAL).get(reverse("complaint", args=[agency.code, report.number])).content.decode()
    address = reverse("registers:entry_add", args=[agency.code, "risks"])
    assert f'href="{address}?bribery=true"' in page
    assert "เรียกรับสินบน" in page


def test_form_of_a_risk_and_the_register_know_nothing_of_the_case(agency, handler_client, report):
    client = handler_client(Role.LEGAL)
    add = reverse("registers:entry_add", args=[agency.code, "risks"])
    for address in (f"{add}?bribery=true", reverse("registers:register", args=[agency.code, "risks"])):
        page = client.get(address)
        text = page.content.decode()
        assert page.status_code == 200
        assert not any(word in text for word in (report.number, "ขอซอง", "ห้องกองช่าง", "อรุณ ขยันยิ่ง</li>"))


# --- nobody deletes a case --------------------------------------------------------------------------------------------
def every_address(agency, report) -> list[str]:
    """Every route of the channel, for this case; the one that locks last."""
    known = {"number": report.number, "name": "a" * 32, "move": "refuse", "pk": 1, "entry": 1}
    converters = [(one.name, one.pattern.converters) for one in urls.urlpatterns]
    found = [
        reverse(name, kwargs={"agency": agency.code, **{key: known[key] for key in keys}}) for name, keys in converters
    ]
    return sorted(found, key=lambda address: address.endswith("/lock/"))


@pytest.mark.parametrize("role", [Role.HEAD, Role.ADMIN, Role.LEGAL])
def test_no_route_lets_a_head_or_anybody_delete_a_case(agency, report, signed_in, handler_client, role):
    client = handler_client(role) if role == Role.LEGAL else signed_in(role)
    client.raise_request_exception = False
    before = rows_of()
    for address in every_address(agency, report):
        for method in (client.post, client.delete):
            method(address)
    assert rows_of() == before


def rows_of() -> tuple[list[dict[str, object]], ...]:
    return tuple(list(model.objects.values()) for model in (Report, Message, SealedFile))
