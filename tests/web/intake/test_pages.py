import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Finding
from prongsai.web.intake import services
from prongsai.web.intake.models import Intake, IntakeRow, RowKind, RowState
from prongsai.web.plans.models import Measure
from tests.web.intake.papers import CLEAN, FAULTY, take, take_sample

pytestmark = pytest.mark.django_db
CODE = "05160101"
SEEING = (Role.COORDINATOR, Role.ANALYST, Role.SECRETARY, Role.HEAD, Role.OFFICER, Role.AUDITOR, Role.MAYOR)
DECIDING = (Role.COORDINATOR, Role.ANALYST, Role.SECRETARY)


def _at(name, *args):
    return reverse(f"intake:{name}", args=[CODE, *args])


def _file(name):
    return SimpleUploadedFile(name, (CLEAN / name).read_bytes())


def _upload(client, *files):
    return client.post(_at("upload"), {"files": files})


@pytest.fixture
def intake(scope):
    return take_sample(scope(Role.COORDINATOR), "gap-memo-2566.txt")


@pytest.fixture
def client_of(sign_in):
    return sign_in(Role.COORDINATOR)


# --- rights ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_who_may_see_and_who_may_decide(sign_in, intake, role):
    row = intake.rows.first()
    client = sign_in(role)
    seen = 200 if role in SEEING or role in _STAFF else 404
    for address in (_at("list"), _at("intake", intake.pk), _at("row", row.pk)):
        assert client.get(address).status_code == seen
    may = role in DECIDING
    assert client.get(_at("upload")).status_code == (200 if may else 404)
    for name, pk in (("accept_clean", intake.pk), ("cycle", intake.pk), ("row_mend", row.pk), ("row_decide", row.pk)):
        assert client.get(_at(name, pk)).status_code == (405 if may else 404)


_STAFF = (Role.CLERK, Role.LEGAL, Role.SUPPLY, Role.PERSONNEL, Role.PUBLISHER, Role.PRIVACY)


def test_papers_of_another_agency_are_not_there(sign_in, scope, other_agency):
    from tests.web import office

    theirs = take_sample(office.scope(other_agency, Role.COORDINATOR), "tracking-2567.txt")
    row = theirs.rows.first()
    client = sign_in(Role.COORDINATOR)
    assert client.get(_at("intake", theirs.pk)).status_code == 404
    assert client.get(_at("row", row.pk)).status_code == 404
    for name, pk in (("accept_clean", theirs.pk), ("cycle", theirs.pk), ("row_mend", row.pk), ("row_decide", row.pk)):
        assert client.post(_at(name, pk), {"version": 1, "decision": "accept"}).status_code == 404
    assert not IntakeRow.objects.exclude(state=RowState.WAITING).exists()


def test_row_without_the_right_to_decide_shows_no_form(sign_in, intake):
    page = sign_in(Role.HEAD).get(_at("row", intake.rows.first().pk)).content.decode()
    assert 'name="decision"' not in page and "ข้อมูลผู้บริหาร" in page


# --- uploading ------------------------------------------------------------------------------------------------------


def test_upload_of_one_file_leads_to_it(client_of):
    answer = _upload(client_of, _file("tracking-2567.txt"))
    found = Intake.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, _at("intake", found.pk))
    page = client_of.get(answer["Location"]).content.decode()
    assert "พบ 10 แถว" in page and "รับทุกแถวที่ไม่มีข้อสังเกต (๑๐)" in page


def test_upload_of_several_files_leads_to_the_list(client_of):
    answer = _upload(client_of, _file("tracking-2567.txt"), _file("scores-2567.json"))
    assert (answer["Location"], Intake.objects.count()) == (_at("list"), 2)


def test_upload_of_the_same_file_leads_to_the_first_with_a_message(client_of, intake):
    answer = _upload(client_of, _file("gap-memo-2566.txt"))
    assert answer["Location"] == _at("intake", intake.pk)
    assert "เคยนำเข้าแล้ว" in client_of.get(answer["Location"]).content.decode()


def test_unusable_file_is_told_at_the_form_and_the_others_are_taken(client_of):
    broken = SimpleUploadedFile("เสีย.docx", b"PK\x03\x04 broken")
    answer = _upload(client_of, broken, _file("tracking-2567.txt"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "เสีย.docx เสียหายหรือมาไม่ครบ" in page and "บันทึกใหม่" in page
    assert "อ่าน tracking-2567.txt แล้ว" in page and Intake.objects.count() == 1


def test_upload_without_a_file_says_so(client_of):
    answer = client_of.post(_at("upload"), {})
    assert answer.status_code == 422 and "เลือกไฟล์อย่างน้อยหนึ่งไฟล์" in answer.content.decode()


# --- an intake ------------------------------------------------------------------------------------------------------


def test_list_is_a_teaching_page_while_nothing_is_there(client_of):
    page = client_of.get(_at("list")).content.decode()
    assert "ยังไม่มีเอกสารนำเข้า" in page and _at("upload") in page


def test_unread_paper_says_why_and_offers_manual_entry(client_of, scope):
    me = scope(Role.COORDINATOR)
    cycle = cycles.ensure_cycle(me, fiscal_year_be=2568)
    found = services.take_in(me, name="ขอเชิญ.txt", content="ขอเชิญประชุม".encode())
    page = client_of.get(_at("intake", found.pk)).content.decode()
    assert "ไม่พบตารางที่รู้จักในเอกสาร" in page
    assert reverse("cycles:finding_add", args=[CODE, cycle.framework_id]) in page
    assert reverse("plans:measure_add", args=[CODE, cycle.framework_id]) in page


def test_damaged_paper_says_why_and_still_shows_every_row(client_of, scope):
    found = take(scope(Role.COORDINATOR), FAULTY / "damaged-2566.txt")
    page = client_of.get(_at("intake", found.pk)).content.decode()
    assert all(reason in page for reason in found.report["reasons"])
    assert page.count('<li id="row-') == found.rows.count()
    assert "รับทุกแถวที่ไม่มีข้อสังเกต" not in page


def test_paper_of_another_municipality_is_warned_about(client_of, scope):
    text = (CLEAN / "tracking-2567.txt").read_text(encoding="utf-8").replace("บ้านสวนพลู", "ท่าหว้า")
    found = services.take_in(scope(Role.COORDINATOR), name="t.txt", content=text.encode())
    assert "เอกสารนี้ระบุว่าเป็นของ เทศบาลตำบลท่าหว้า" in client_of.get(_at("intake", found.pk)).content.decode()


def test_tabs_show_the_rows_of_a_state(client_of, intake):
    first = intake.rows.first()
    client_of.post(_at("row_decide", first.pk), {"decision": "reject", "version": 1, "next": "list", "show": "waiting"})
    shown = {show: client_of.get(_at("intake", intake.pk), {"show": show}).content.decode().count('<li id="row-')
             for show in ("waiting", "problems", "accepted", "rejected", "all")}  # fmt: skip
    assert shown == {"waiting": 24, "problems": 0, "accepted": 0, "rejected": 1, "all": 25}


def test_accept_clean_is_one_click(client_of, intake):
    answer = client_of.post(_at("accept_clean", intake.pk), {"version": 1})
    assert answer.status_code == 302 and Finding.objects.count() == 24
    page = client_of.get(answer["Location"]).content.decode()
    assert "รับแล้ว 25 แถว" in page and "เปลี่ยนไม่ได้แล้ว" in page


def test_accept_clean_twice_is_told_with_409(client_of, intake):
    client_of.post(_at("accept_clean", intake.pk), {"version": 1})
    answer = client_of.post(_at("accept_clean", intake.pk), {"version": 1})
    assert answer.status_code == 409 and Finding.objects.count() == 24
    assert "มีผู้อื่นรับแถวหรือเปลี่ยนรอบ" in answer.content.decode()


def test_cycle_is_chosen_or_opened_on_the_page(client_of, intake):
    answer = client_of.post(_at("cycle", intake.pk), {"version": 1, "target": "year-2568"})
    intake.refresh_from_db()
    assert answer.status_code == 302 and intake.cycle.framework_id == "ita-2568"
    for target in ("year-2568", "cycle-999", ""):  # open already, nobody's, none
        assert client_of.post(_at("cycle", intake.pk), {"version": 2, "target": target}).status_code == 422
    assert client_of.post(_at("cycle", intake.pk), {"version": 1, "target": "year-2567"}).status_code == 409


# --- a row ----------------------------------------------------------------------------------------------------------


def test_row_shows_printed_words_beside_the_form(client_of, intake):
    page = client_of.get(_at("row", intake.rows.get(place=2).pk)).content.decode()
    for words in (
        "ตามที่พิมพ์",
        "ตาราง ๑ แถว ๕ บรรทัด ๒๘",
        "ปี ๒๕๖๕ นำวิสัยทัศน์และพันธกิจ",
        'name="prior_action"',
        "แถว ๒ จาก ๒๕",
    ):
        assert words in page
    assert "ไม่มีส่วนราชการชื่อ “งานนิติการ” ในทะเบียน" in page


def test_accepting_a_row_leads_to_the_next_that_waits(client_of, intake):
    first, second = intake.rows.all()[:2]
    answer = client_of.post(_at("row_decide", first.pk), {"decision": "accept", "version": 1})
    assert answer["Location"] == _at("row", second.pk)
    assert Finding.objects.get().title == "ข้อมูลผู้บริหาร"


def test_accepting_from_the_list_leads_back_to_it(client_of, intake):
    posted = {"decision": "accept", "version": 1, "next": "list", "show": "waiting", "page": 1}
    answer = client_of.post(_at("row_decide", intake.rows.first().pk), posted)
    assert answer["Location"] == f"{_at('intake', intake.pk)}?show=waiting&page=1#rows"


def _typed(row, **changes):
    values = row.values
    lines = {name: "\n".join(values[name]) for name in ("recommendations", "units", "elements")}
    kept = {name: values[name] or "" for name in ("code", "title", "prior_action", "group", "sub_indicator")}
    return {
        "version": row.version,
        "score": "" if values["score"] is None else values["score"],
        **kept,
        **lines,
        **changes,
    }


def test_row_that_was_not_touched_is_not_mended_by_saving(client_of, intake):
    row = intake.rows.get(place=2)
    client_of.post(_at("row_mend", row.pk), _typed(row, then="save"))
    row.refresh_from_db()
    assert (row.is_mended, row.version) == (False, 1)


def test_mending_and_accepting_is_one_click(client_of, intake):
    row = intake.rows.get(place=2)
    typed = _typed(row, score="๕๐", recommendations="ให้สรุปหน้าที่\nให้สร้างเมนู", then="accept")
    assert client_of.post(_at("row_mend", row.pk), typed).status_code == 302
    finding = Finding.objects.get()
    assert (finding.score, finding.advice) == (50, "ให้สรุปหน้าที่\nให้สร้างเมนู")


def test_invalid_form_is_shown_again_with_422_and_what_was_typed(client_of, intake):
    row = intake.rows.get(place=2)
    answer = client_of.post(_at("row_mend", row.pk), _typed(row, title="", score="๑๒๐", group="กลุ่มใหม่"))
    assert answer.status_code == 422 and "กลุ่มใหม่" in answer.content.decode()
    assert Finding.objects.count() == 0


def test_second_officer_gets_409_with_who_did_what(sign_in, intake):
    row = intake.rows.get(place=2)
    sign_in(Role.COORDINATOR).post(_at("row_decide", row.pk), {"decision": "accept", "version": 1})
    answer = sign_in(Role.ANALYST).post(_at("row_decide", row.pk), {"decision": "accept", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409 and "มาลี ตั้งใจ ตัดสินแถวนี้ไปก่อนแล้ว: รับแล้ว" in page
    assert reverse("cycles:finding", args=[CODE, Finding.objects.get().pk]) in page


def test_second_mender_gets_409_keeps_what_was_typed_and_sees_what_is_there(sign_in, intake):
    row = intake.rows.get(place=2)
    first = sign_in(Role.COORDINATOR).post(_at("row_mend", row.pk), _typed(row, title="หน้าที่และอำนาจ", then="save"))
    second = sign_in(Role.ANALYST).post(_at("row_mend", row.pk), _typed(row, title="อำนาจหน้าที่ของเทศบาล", then="save"))
    page = second.content.decode()
    assert (first.status_code, second.status_code) == (302, 409)
    assert "หน้าที่และอำนาจ" in page and 'value="อำนาจหน้าที่ของเทศบาล"' in page
    assert '<input type="hidden" name="version" value="2"' in page


def test_same_item_is_offered_for_merging(client_of, intake, scope):
    row = intake.rows.get(place=2)
    cycle = cycles.ensure_cycle(scope(Role.COORDINATOR), fiscal_year_be=2566)
    old = cycles.add_finding(scope(Role.COORDINATOR), cycle=cycle, title="เดิม", item=cycle.items.get(code="O3"))
    asked = client_of.post(_at("row_decide", row.pk), {"decision": "accept", "version": 1})
    page = asked.content.decode()
    assert asked.status_code == 422 and "รวมกับประเด็นเดิม เก็บข้อความไว้ทั้งสอง" in page
    client_of.post(_at("row_mend", row.pk), _typed(row, choice="merge"))
    old.refresh_from_db()
    assert (Finding.objects.count(), old.title, old.variants[0]["title"]) == (1, "เดิม", "อำนาจหน้าที่")


def test_measure_period_typed_anew_gets_the_days_of_its_words(client_of, scope):
    found = take_sample(scope(Role.COORDINATOR), "measures-report-2568.txt")
    row = found.rows.first()
    values = row.values
    lists = ("steps", "responsible", "results", "outcomes", "weaknesses", "follow_up")
    typed = {name: "\n".join(values.get(name) or ()) for name in lists}
    typed |= {name: values[name] or "" for name in ("issue_no", "issue_title", "seq", "measure", "notes")}
    days = {name: values["period"][name] for name in ("start", "end")}
    client_of.post(_at("row_mend", row.pk), typed | days | {"version": 1, "period_text": "ไตรมาสที่ ๓", "then": "accept"})
    measure = Measure.objects.get()
    assert (measure.period_text, str(measure.starts_on), str(measure.ends_on)) == (
        "ไตรมาสที่ ๓",
        "2025-04-01",
        "2025-06-30",
    )


def test_topic_lines_carry_their_days(client_of, scope):
    found = take_sample(scope(Role.COORDINATOR), "tracking-2567.txt")
    row = found.rows.first()
    typed = {
        "version": 1, "topic": row.values["topic"], "group": row.values["group"], "responsible": "กองคลัง",
        "steps": "ยกร่าง", "due": "ประกาศใช้แบบ ภายในเดือนมกราคม ๒๕๖๗\nชี้แจง | 15/2/2567", "done": "ปิดประกาศแล้ว | ๑๐ ม.ค. ๒๕๖๗",
        "then": "save",
    }  # fmt: skip
    client_of.post(_at("row_mend", row.pk), typed)
    row.refresh_from_db()
    assert [(one["text"], one["date"]) for one in row.values["due"]] == [
        ("ประกาศใช้แบบ ภายในเดือนมกราคม ๒๕๖๗", "2024-01-31"),
        ("ชี้แจง", "2024-02-15"),
    ]
    assert row.values["done"][0]["date"] == "2024-01-10" and row.values["step_numbers"] == [1]


@pytest.mark.parametrize("kind", list(RowKind))
def test_form_of_every_kind_opens_and_changes_nothing_by_itself(client_of, scope, kind):
    from prongsai.web.intake.forms import form_of

    me = scope(Role.COORDINATOR)
    papers = ("gap-memo-2566.txt", "indicator-plan-2567.txt", "measures-report-2568.txt", "tracking-2567.txt")
    for name in papers:
        take_sample(me, name)
    for row in IntakeRow.objects.filter(kind=kind).select_related("intake")[:12]:
        assert client_of.get(_at("row", row.pk)).status_code == 200
        form = form_of(row)
        data = {name: form[name].field.prepare_value(form[name].value()) for name in form.fields}
        again = form_of(row, {name: "" if value is None else value for name, value in data.items()})
        assert again.is_valid() and again.changes == {}


@pytest.mark.parametrize("typed", ["๐๑๒", "0๑๒", "O12", "o12"])
def test_code_is_written_one_way(client_of, scope, typed):
    take_sample(scope(Role.COORDINATOR), "gap-memo-2566.txt")
    row = IntakeRow.objects.filter(kind=RowKind.GAP).exclude(values__code="O12").first()
    form = _form_with(row, code=typed)
    assert (form.is_valid(), form.changes) == (True, {"code": "O12"})


def test_unknown_code_is_refused_with_the_nearest(client_of, scope):
    take_sample(scope(Role.COORDINATOR), "gap-memo-2566.txt")
    row = IntakeRow.objects.filter(kind=RowKind.GAP).first()
    form = _form_with(row, code="O99")
    assert not form.is_valid()
    assert form.errors["code"][0].startswith("ปี 2566 ไม่มีข้อ O99 ที่ใกล้เคียงคือ O9 ")


def _form_with(row, **changed):
    from prongsai.web.intake.forms import form_of

    form = form_of(row)
    data = {name: form[name].field.prepare_value(form[name].value()) for name in form.fields}
    return form_of(row, {name: "" if value is None else value for name, value in data.items()} | changed)


# --- how much it costs ----------------------------------------------------------------------------------------------


def _many(scope, count):
    first = IntakeRow.objects.filter(kind=RowKind.GAP).first()
    have = first.intake.rows.count()
    made = [IntakeRow(intake=first.intake, place=place, kind=first.kind, title=f"แถว {place}", read=first.read,
                      values=first.values, problems=first.problems) for place in range(have + 1, count + 1)]  # fmt: skip
    IntakeRow.objects.bulk_create(made)


def test_page_of_an_intake_takes_the_same_queries_for_one_row_and_three_and_many(
    client_of, intake, scope, django_assert_num_queries
):
    intake.rows.exclude(place=1).delete()
    for count in (1, 3, 500):
        _many(scope, count)
        with django_assert_num_queries(13):
            page = client_of.get(_at("intake", intake.pk)).content.decode()
        assert page.count('<li id="row-') == min(count, 50)


def test_list_takes_the_same_queries_for_one_paper_and_three(client_of, scope, django_assert_num_queries):
    names = ("tracking-2567.txt", "scores-2567.json", "gap-memo-2566.txt")
    client_of.get(_at("list"))
    for count in (1, 3):
        for name in names[:count]:
            take_sample(scope(Role.COORDINATOR), name)
        with django_assert_num_queries(9):
            client_of.get(_at("list"))
