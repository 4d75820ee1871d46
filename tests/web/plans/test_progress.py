from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from prongsai.thai.fiscal import fiscal_year, fiscal_year_be
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle, CycleState
from prongsai.web.cycles.services import CycleClosed
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.plans.models import Measure, Progress, Step
from prongsai.web.plans.queries.progress import remarks_of
from prongsai.web.plans.services import add_measure
from prongsai.web.plans.services.progress import add_progress, delete_progress, edit_progress
from tests.web import office

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YEAR = fiscal_year_be(TODAY)
RESULT = "ประชุมชี้แจงแนวทางปฏิบัติแก่เจ้าหน้าที่ทุกส่วนราชการ จำนวน 40 คน"


@pytest.fixture
def cycle(agency) -> Cycle:
    """An open cycle whose measures are carried out this year."""
    return Cycle.objects.create(
        agency=agency, framework_id="ita-2569", framework_kind="ita", framework_sha256="-", fiscal_year_be=YEAR,
        measures_year_be=YEAR,
    )  # fmt: skip


@pytest.fixture
def measure(scope, cycle) -> Measure:
    """A measure of the works division with two steps."""
    return add_measure(
        scope(Role.COORDINATOR), cycle=cycle, title="จัดทำคู่มือ", owners=["กองช่าง"], steps=["ประชุม", "เผยแพร่"]
    )


@pytest.fixture
def entry(scope, measure) -> Progress:
    """An entry of today by the officer of the works division."""
    return add_progress(scope(Role.OFFICER), measure=measure, on=TODAY, result=RESULT, outcome="ลดเวลาเหลือ 3 วัน")


def at(name: str, *args: object) -> str:
    return reverse(f"plans:{name}", args=[office.CODE, *args])


def typed(**given: object) -> dict[str, object]:
    day = f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}"
    return {"on": day, "result": RESULT, "outcome": "ลดเวลาเหลือ 3 วัน"} | given


def test_entry_with_step_and_uploaded_evidence_is_kept_in_one_form(sign_in, measure):
    step = measure.steps.first()
    file = SimpleUploadedFile("รายงานการประชุม.txt", "บันทึกการประชุม".encode())
    client = sign_in(Role.OFFICER)
    answer = client.post(at("progress_add", measure.pk), typed(step=step.pk, is_step_done="on", file=file))
    assert answer["Location"] == at("measure", measure.pk)
    made = Progress.objects.get()
    assert (made.on, made.result, made.step, str(made.by)) == (TODAY, RESULT, step, "อรุณ ขยันยิ่ง")
    assert [one.file.name for one in made.evidence.all()] == ["รายงานการประชุม.txt"]
    assert Step.objects.get(pk=step.pk).done_on == TODAY


def test_outcome_that_copies_the_result_is_kept_and_pointed_out(sign_in, measure):
    answer = sign_in(Role.OFFICER).post(at("progress_add", measure.pk), typed(outcome=RESULT))
    made = Progress.objects.get()
    assert (answer.status_code, made.outcome) == (302, RESULT)
    assert remarks_of(made) == ("ผลลัพธ์คัดลอกจากผลการดำเนินการ ระบุว่าเกิดอะไรขึ้น เช่น ตัวเลขก่อนและหลัง หรือใครได้ประโยชน์",)
    page = sign_in(Role.OFFICER).get(at("progress_edit", made.pk)).content.decode()
    assert "ผลลัพธ์คัดลอกจากผลการดำเนินการ" in page


def test_day_outside_the_measures_year_is_pointed_out(scope, measure, entry):
    assert remarks_of(entry) == ()
    before = fiscal_year(YEAR).start - timedelta(days=1)
    early = add_progress(scope(Role.OFFICER), measure=measure, on=before, result="เริ่มก่อน")
    (remark,) = remarks_of(early)
    assert remark.endswith("ที่ดำเนินมาตรการ")


def test_day_outside_the_period_of_the_measure_is_pointed_out(scope, cycle):
    me, start = scope(Role.COORDINATOR), fiscal_year(YEAR).start
    brief = add_measure(
        me, cycle=cycle, title="มาตรการ", starts_on=start - timedelta(days=9), ends_on=start - timedelta(days=5)
    )
    made = add_progress(me, measure=brief, on=start, result="ทำช้า")
    assert [text.endswith("อยู่นอกระยะเวลาของมาตรการ") for text in remarks_of(made)] == [True]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"result": "", "outcome": " "}, "result"), ({"on": ""}, "on"), ({"on": "31/2/2569"}, "on")],
)
def test_faulty_entry_comes_back_with_what_was_typed(sign_in, measure, given, field):
    answer = sign_in(Role.OFFICER).post(at("progress_add", measure.pk), typed(**given))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Progress.objects.count() == 0


def test_day_to_come_and_step_of_another_measure_are_refused(scope, cycle, measure):
    me = scope(Role.COORDINATOR)
    with pytest.raises(ValidationError, match="ยังมาไม่ถึง"):
        add_progress(me, measure=measure, on=TODAY + timedelta(days=1), result="จะทำ")
    other = add_measure(me, cycle=cycle, title="อื่น", steps=["ขั้น"])
    with pytest.raises(ValidationError, match="ไม่ใช่ของมาตรการนี้"):
        add_progress(me, measure=measure, on=TODAY, result="ทำ", step=other.steps.first())


def test_bad_evidence_leaves_no_entry_behind(sign_in, measure):
    file = SimpleUploadedFile("ภาพ.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    answer = sign_in(Role.OFFICER).post(at("progress_add", measure.pk), typed(file=file))
    assert (answer.status_code, Progress.objects.count(), File.objects.count()) == (422, 0, 0)


def test_file_is_stored_before_the_entry_is_written_and_evidence_with_it(sign_in, scope, measure, entry):
    edit_progress(scope(Role.COORDINATOR), progress=entry, version=1, outcome="ใหม่")
    files = [SimpleUploadedFile(f"{n}.txt", f"บันทึก {n}".encode()) for n in range(2)]
    client = sign_in(Role.OFFICER)
    refused = client.post(at("progress_add", measure.pk), typed(is_step_done="on", file=files[0]))
    late = client.post(at("progress_edit", entry.pk), typed(version=1, file=files[1]))
    assert (refused.status_code, late.status_code) == (422, 409)
    assert (File.objects.count(), Evidence.objects.count(), Progress.objects.count()) == (2, 0, 1)


def test_progress_belongs_to_the_units_of_the_measure(sign_in, measure, entry, other_agency):
    for role in (Role.HEAD, Role.MAYOR, Role.AUDITOR, Role.COUNCIL):
        client = sign_in(role)
        assert client.get(at("progress_add", measure.pk)).status_code == 404
        assert client.post(at("progress_edit", entry.pk), typed()).status_code == 404
    for role in (Role.OFFICER, Role.COORDINATOR, Role.SECRETARY):
        assert sign_in(role).get(at("progress_edit", entry.pk)).status_code == 200
    stranger = sign_in(Role.COORDINATOR, of=other_agency)
    for name, pk in (("progress_add", measure.pk), ("progress_edit", entry.pk)):
        assert stranger.get(reverse(f"plans:{name}", args=[other_agency.code, pk])).status_code == 404


def test_edit_keeps_what_was_said_in_the_journal(sign_in, entry):
    answer = sign_in(Role.OFFICER).post(at("progress_edit", entry.pk), typed(outcome="ลดเหลือ 2 วัน", version=1))
    assert answer.status_code == 302
    assert AuditEntry.objects.get(action="progress.edit").changes == {"outcome": ["ลดเวลาเหลือ 3 วัน", "ลดเหลือ 2 วัน"]}


def test_edit_of_an_old_version_shows_the_current_one_and_keeps_what_was_typed(sign_in, scope, entry):
    edit_progress(scope(Role.COORDINATOR), progress=entry, version=1, outcome="ของผู้ประสานงาน")
    answer = sign_in(Role.OFFICER).post(at("progress_edit", entry.pk), typed(outcome="ของเจ้าของ", version=1))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert ("ของผู้ประสานงาน" in text, "ของเจ้าของ" in text, 'name="version" value="2"' in text) == (True, True, True)
    assert Progress.objects.get().outcome == "ของผู้ประสานงาน"


def test_closed_cycle_takes_no_progress(scope, measure, entry):
    Cycle.objects.update(state=CycleState.CLOSED)
    measure.cycle.refresh_from_db()
    with pytest.raises(CycleClosed):
        add_progress(scope(Role.COORDINATOR), measure=measure, on=TODAY, result="ทำ")


def test_delete_of_an_old_version_is_refused(scope, entry):
    me = scope(Role.COORDINATOR)
    edit_progress(me, progress=entry, version=1, outcome="ใหม่")
    with pytest.raises(Stale):
        delete_progress(me, progress=entry, version=1)
    delete_progress(me, progress=entry, version=2)
    assert Progress.objects.count() == 0


def test_entry_is_deleted_by_its_unit_only_and_by_its_current_version(sign_in, scope, entry):
    path = at("progress_delete", entry.pk)
    assert sign_in(Role.HEAD).post(path, {"version": 1}).status_code == 404
    assert sign_in(Role.OFFICER).get(path).status_code == 405
    edit_progress(scope(Role.COORDINATOR), progress=entry, version=1, outcome="ใหม่")
    assert sign_in(Role.OFFICER).post(path, {"version": 1})["Location"] == at("progress_edit", entry.pk)
    assert sign_in(Role.OFFICER).post(path, {"version": 2})["Location"] == at("measure", entry.measure_id)
    assert Progress.objects.count() == 0
