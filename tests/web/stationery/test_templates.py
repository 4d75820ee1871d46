"""Templates of an office: taken with every fault told, versions kept, switched, and papers written on them."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.documents.read import read_content
from prongsai.documents.template.model import TemplateUnfit
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.reports.stationery.kinds import stationery_of
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Power, Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.stationery import queries, services
from prongsai.web.stationery.models import PaperTemplate
from tests.documents.template.word import p, word
from tests.web import office

pytestmark = pytest.mark.django_db
FINE = word(p("กระดาษของเทศบาล"), p("เรื่อง {{ subject }}"))
WRONG = word(p("{{ sbject }}"))
MACRO = word(p("{{ subject }}"), main="application/vnd.ms-word.document.macroEnabled.main+xml")


@pytest.fixture
def keeper(scope) -> Scope:
    return scope(Role.COORDINATOR)


def added(scope: Scope, content: bytes = FINE, kind: str = "memo") -> PaperTemplate:
    return services.add_template(scope, kind=kind, name="หัวเทศบาล.docx", content=content)


def words(content: bytes) -> list[str]:
    return [one.text for one in read_content(content, "a.docx").paragraphs()]


def memo():
    kind = paper_kind("memo")
    record = kind.sample()
    return record, kind.compose(record, USUAL)


def upload(client, agency, content: bytes, kind: str = "memo", name: str = "a.docx"):
    address = reverse("stationery:kind", args=[agency.code, kind])
    return client.post(address, {"file": SimpleUploadedFile(name, content), "note": "ปีใหม่"})


def test_a_paper_is_written_on_the_template_that_is_open(keeper, agency) -> None:
    record, document = memo()
    assert services.write_paper(agency, kind="memo", document=document, form="docx", record=record).template is None
    template = added(keeper)
    made = services.write_paper(agency, kind="memo", document=document, form="docx", record=record)
    assert (made.template, made.notice_th) == (template, "")
    assert words(made.content) == ["กระดาษของเทศบาล", f"เรื่อง {record.subject}"]
    services.close_template(keeper, template=template, version=template.version)
    again = services.write_paper(agency, kind="memo", document=document, form="docx", record=record)
    assert again.template is None


def test_a_paper_without_its_records_is_read_back_for_the_template(keeper, agency) -> None:
    record, document = memo()
    added(keeper)
    made = services.write_paper(agency, kind="memo", document=document, form="docx")
    assert words(made.content)[1] == f"เรื่อง {record.subject}"


def test_versions_are_kept_and_one_is_open(keeper) -> None:
    first = added(keeper)
    second = added(keeper, word(p("ใหม่ {{ subject }}")))
    first.refresh_from_db()
    assert [(one.number, one.is_open) for one in queries.templates_of(keeper)] == [(2, True), (1, False)]
    services.open_template(keeper, template=first, version=first.version)
    second.refresh_from_db()
    assert (first.is_open, second.is_open) == (True, False)


def test_the_journal_says_who_did_it(keeper, agency) -> None:
    template = added(keeper)
    services.close_template(keeper, template=template, version=template.version)
    told = AuditEntry.objects.filter(agency=agency, action__startswith="template.").order_by("number")
    assert [(one.action, one.user) for one in told] == [("template.add", keeper.user), ("template.close", keeper.user)]


def test_what_somebody_else_changed_is_stale(keeper) -> None:
    template = added(keeper)
    services.close_template(keeper, template=template, version=1)
    with pytest.raises(Stale):
        services.open_template(keeper, template=template, version=1)
    assert not PaperTemplate.objects.get(pk=template.pk).is_open


def test_a_wrong_template_is_not_kept(keeper) -> None:
    with pytest.raises(TemplateUnfit):
        added(keeper, WRONG)
    assert not PaperTemplate.objects.exists()


def test_a_template_that_no_longer_fits_gives_our_own_layout_and_says_so(keeper, agency) -> None:
    template = added(keeper)
    PaperTemplate.objects.filter(pk=template.pk).update(kind="gift-report")  # as if the fields of its kind had changed
    kind = paper_kind("gift-report")
    record = kind.sample()
    document = kind.compose(record, USUAL)
    made = services.write_paper(agency, kind="gift-report", document=document, form="docx", record=record)
    assert made.template is None and "หัวเทศบาล.docx" in made.notice_th
    assert kind.recognise(read_content(made.content, "a.docx"))[0] == record
    (line,) = (one for group in queries.kinds_of(keeper) for one in group.lines if one.kind == "gift-report")
    assert line.is_unfit


def test_a_template_whose_file_is_gone_gives_our_own_layout(keeper, agency, settings) -> None:
    record, document = memo()
    template = added(keeper)
    for path in settings.EVIDENCE_FOLDER.rglob("*"):
        if path.is_file():
            path.unlink()
    made = services.write_paper(agency, kind="memo", document=document, form="docx", record=record)
    assert made.template is None and template.name in made.notice_th


def test_a_register_and_an_entry_have_templates_too(keeper) -> None:
    kinds = {line.kind for group in queries.kinds_of(keeper) for line in group.lines}
    assert {"memo", "gift-report", "register-entry", "register:training"} <= kinds
    for kind in ("register-entry", "register:training"):
        found = queries.stationery(kind)
        assert added(keeper, found.starting(), kind).is_open
    assert queries.stationery("register:nothing-of-this-name") is None


# --- pages ------------------------------------------------------------------------------------------------------------
def test_a_template_is_uploaded_shown_previewed_and_switched(sign_in, agency) -> None:
    client = sign_in(Role.COORDINATOR)
    assert upload(client, agency, FINE).status_code == 302
    template = PaperTemplate.objects.get()
    page = client.get(reverse("stationery:kind", args=[agency.code, "memo"])).content.decode()
    assert "{{ subject }}" in page and "ปีใหม่" in page and "a.docx" in page
    shown = client.get(reverse("stationery:preview", args=[agency.code, template.pk, "docx"]))
    assert words(shown.content)[0] == "กระดาษของเทศบาล"
    assert client.get(reverse("stationery:file", args=[agency.code, template.pk])).content == FINE
    switched = client.post(reverse("stationery:switch", args=[agency.code, template.pk]), {"version": template.version})
    assert switched.status_code == 302
    assert not PaperTemplate.objects.get().is_open


def test_faults_are_shown_at_their_places(sign_in, agency) -> None:
    answer = upload(sign_in(Role.COORDINATOR), agency, WRONG)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "เนื้อความ ย่อหน้าที่ 1: ไม่มีช่องชื่อ “sbject”" in page and "ใกล้เคียงคือ subject" in page


@pytest.mark.parametrize("name", ["a.docx", "a.docm", "a.doc"])
def test_macros_are_refused(sign_in, agency, name: str) -> None:
    answer = upload(sign_in(Role.COORDINATOR), agency, MACRO, name=name)
    assert answer.status_code == 422
    assert not PaperTemplate.objects.exists()


def test_a_starting_template_is_given(sign_in, agency) -> None:
    answer = sign_in(Role.COORDINATOR).get(reverse("stationery:start", args=[agency.code, "gift-report"]))
    assert stationery_of("gift-report").check(answer.content, "a.docx").problems == ()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert b"{{ gifts.giver }}" in archive.read("word/document.xml")


def test_stale_switch_says_so_and_changes_nothing(sign_in, agency, keeper) -> None:
    template = added(keeper)
    client = sign_in(Role.COORDINATOR)
    answer = client.post(reverse("stationery:switch", args=[agency.code, template.pk]), {"version": 99}, follow=True)
    assert "มีผู้อื่นแก้ไขรายการนี้ไปก่อนแล้ว" in answer.content.decode()
    assert PaperTemplate.objects.get().is_open


@pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICER, Role.AUDITOR, Role.ADMIN, Role.COUNCIL])
def test_others_find_nothing(sign_in, agency, keeper, role: Role) -> None:
    template = added(keeper)
    client = sign_in(role)
    assert Power.RUN_CYCLE not in office.scope(agency, role).powers
    for name, args in (("kinds", []), ("kind", ["memo"]), ("start", ["memo"]), ("file", [template.pk])):
        assert client.get(reverse(f"stationery:{name}", args=[agency.code, *args])).status_code == 404
    assert client.post(reverse("stationery:switch", args=[agency.code, template.pk])).status_code == 404


def test_other_agencies_neither_see_nor_use_it(sign_in, agency, other_agency, keeper) -> None:
    template = added(keeper)
    client = sign_in(Role.COORDINATOR, of=other_agency)
    for name, args in (("file", [template.pk]), ("preview", [template.pk, "docx"])):
        assert client.get(reverse(f"stationery:{name}", args=[other_agency.code, *args])).status_code == 404
    assert client.post(reverse("stationery:switch", args=[other_agency.code, template.pk])).status_code == 404
    record, document = memo()
    made = services.write_paper(other_agency, kind="memo", document=document, form="docx", record=record)
    assert made.template is None


def test_unknown_kinds_are_not_found(sign_in, agency) -> None:
    client = sign_in(Role.COORDINATOR)
    assert client.get(reverse("stationery:kind", args=[agency.code, "nothing"])).status_code == 404
    assert client.get(reverse("stationery:kind", args=[agency.code, "register:nothing"])).status_code == 404
    assert client.get(reverse("stationery:kind", args=[agency.code, "complaint-statistics"])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_a_fixed_number_of_times(
    sign_in, agency, keeper, count: int, django_assert_num_queries
) -> None:
    for kind in ("memo", "letter", "announcement")[:count]:
        added(keeper, kind=kind)
    client = sign_in(Role.COORDINATOR)
    client.get(reverse("stationery:kinds", args=[agency.code]))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("stationery:kinds", args=[agency.code]))


LIST_QUERIES = 8
