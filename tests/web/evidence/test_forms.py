import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.forms.addresses import AddressForm
from prongsai.web.disclosure.forms.inspection import WalkForm
from prongsai.web.disclosure.forms.pages import ElsewhereForm
from prongsai.web.disclosure.forms.postings import PostingForm
from prongsai.web.disclosure.forms.submission import SubmissionForm
from prongsai.web.evidence import services
from prongsai.web.evidence.forms import OFFERED, AddForm, AddressField, AttachForm
from prongsai.web.evidence.models import Evidence
from tests.web import office
from tests.web.evidence import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(scope):
    return scope(Role.OFFICER)


def form(scope, file=None, **values):
    given = {"file": SimpleUploadedFile(*file)} if file else {}
    return AttachForm(scope, values, given)


def test_attaching_a_file_makes_evidence_of_the_unit_named_after_the_file(officer, agency):
    filled = form(officer, ("คำสั่ง ๑๒.pdf", files.PDF))
    assert filled.is_valid(), filled.errors
    unit = office.unit(agency, "กองช่าง")
    made = services.attachment_from(officer, given=filled.cleaned_data, unit=unit, content_year_be=2569)
    assert (made.title, made.unit, made.content_year_be, made.file.sha256) == ("คำสั่ง ๑๒", unit, 2569, made.file.sha256)
    assert services.read_file(made.file) == files.PDF


def test_attaching_an_address(officer):
    filled = form(officer, address="https://example.go.th/a", title="ประกาศ")
    assert filled.is_valid()
    made = services.attachment_from(officer, given=filled.cleaned_data)
    assert (made.title, made.address) == ("ประกาศ", "https://example.go.th/a")


def test_attaching_what_is_there_makes_nothing_new(officer):
    known = services.add_evidence(officer, title="เดิม", address="https://example.go.th/a")
    for values in ({"existing": known.pk}, {"number": f"{known.pk}"}):
        filled = form(officer, **values)
        assert filled.is_valid(), filled.errors
        assert services.attachment_from(officer, given=filled.cleaned_data) == known
    assert Evidence.objects.count() == 1


def test_none_and_two_ways_are_refused_none_is_fine_where_nothing_is_needed(officer):
    assert not form(officer).is_valid()
    assert not form(officer, ("ก.pdf", files.PDF), address="https://example.go.th/a").is_valid()
    free = AttachForm(officer, {}, {}, needed=False)
    assert free.is_valid() and services.attachment_from(officer, given=free.cleaned_data) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("example.go.th/o12", "https://example.go.th/o12"),
        ("http://example.go.th/", "http://example.go.th/"),
        ("", ""),
        ("ftp://example.go.th/a", None),
        ("https://ผู้ใช้:ลับ@example.go.th/", None),
        ("javascript:alert(1)", None),
        ("https://example.go.th/" + "ก" * 1000, None),
    ],
)
def test_every_form_takes_the_same_addresses(typed: str, kept: str | None):
    field = AddressField(required=False)
    if kept is not None:
        assert field.clean(typed) == kept
        return
    with pytest.raises(ValidationError):
        field.clean(typed)


def test_addresses_are_asked_for_by_one_field():
    """So that no form takes what another refuses."""
    asked = (AttachForm, AddForm, ElsewhereForm, PostingForm, SubmissionForm, AddressForm, WalkForm)
    fields = [one.base_fields.get("address") or one.base_fields["home"] for one in asked]
    assert [type(one) for one in fields] == [AddressField] * len(asked)


@pytest.mark.parametrize(
    ("name", "content"), [("ก.pdf", b"<html>"), ("ก.svg", b"<svg/>"), ("ก.docx", files.with_macro()), ("ก.pdf", b"")]
)
def test_refused_files_are_errors_of_the_field(officer, name, content):
    filled = form(officer, (name, content))
    assert not filled.is_valid() and list(filled.errors) == ["file"]


def test_too_large_a_file_is_an_error_of_the_field(officer, settings):
    settings.MAX_UPLOAD_MB = 1
    filled = form(officer, ("ก.pdf", b"%PDF-" + b"0" * 1_048_576))
    assert filled.errors["file"] == [
        "ไฟล์ ก.pdf ใหญ่เกิน 1 MB ซึ่งเป็นขีดจำกัดของระบบ — ลดความละเอียดของภาพสแกน หรือแบ่งเป็นหลายไฟล์ แล้วแนบใหม่"
    ]


def test_address_with_a_password_is_an_error_of_the_field(officer):
    assert list(form(officer, address="https://u:p@example.go.th").errors) == ["address"]


def test_evidence_of_others_withdrawn_and_old_cannot_be_chosen(officer, other_agency):
    theirs = services.add_evidence(
        office.scope(other_agency, Role.COORDINATOR), title="ของเขา", address="https://example.go.th/a"
    )
    old = services.add_evidence(officer, title="เดิม", address="https://example.go.th/a")
    services.revise(officer, evidence=old, version=1, address="https://example.go.th/b")
    gone = services.add_evidence(officer, title="ยกเลิก", address="https://example.go.th/c")
    services.withdraw(officer, evidence=gone, version=1)
    for record in (theirs, old, gone):
        assert not form(officer, existing=record.pk).is_valid()
        assert not form(officer, number=record.pk).is_valid()


def test_only_the_newest_are_offered(officer):
    for number in range(OFFERED + 5):
        Evidence.objects.create(agency=officer.agency, title=f"ที่ {number}", address="https://example.go.th")
    assert len(list(AttachForm(officer).fields["existing"].choices)) == OFFERED + 1
