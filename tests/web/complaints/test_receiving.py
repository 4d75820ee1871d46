"""Taking reports in: sealed, once, under a number of its own, and nothing written beside."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from prongsai.privacy.seal.boxes import NotForThisKey, unseal_value
from prongsai.privacy.seal.keys import pair_of
from prongsai.privacy.seal.receipts import keys_of, new_receipt
from prongsai.privacy.seal.wraps import unwrapped
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Accused, Identity, Kind, Mode, Said, Told, keys_from, said_from
from prongsai.web.complaints.models import Message, Report, SealedFile, State, Way
from prongsai.web.complaints.queries.clocks import first_due
from prongsai.web.complaints.services import bells, receipt_wraps, receiving, store, tokens
from prongsai.web.complaints.services.receiving import NotTaken
from prongsai.web.notify.models import Mail
from tests.web.complaints import office_keys, sealing

TOLD = Told(Mode.ANONYMOUS, "procurement", "ตรวจรับถนนทั้งที่ยังไม่ได้ลาดยาง", where="หมู่ ๔ บ้านสวนพลู", when="เมษายน ๒๕๖๙")


@pytest.fixture
def rung(monkeypatch) -> list[tuple[list[int], str]]:
    """What would be told to whom next morning."""
    calls: list[tuple[list[int], str]] = []
    monkeypatch.setattr(bells, "ring", lambda _, holders, number: calls.append(([h.pk for h in holders], number)))
    return calls


def submitted(agency, told: Told = TOLD, *, way: Way = Way.PUBLIC, receipt=None, identity=None) -> Report:
    return receiving.submit(agency, way=way, told=told, receipt=receipt or new_receipt(), identity=identity)


def test_report_is_what_stands_in_the_database_and_nothing_beside(agency, channel) -> None:
    before = _rows()
    today = timezone.localdate()
    report = submitted(agency)
    after = _rows()
    changed = {table: after[table] - before[table] for table in after if after[table] != before[table]}
    assert changed == {"complaints_report": 1, "complaints_message": 1}
    report.refresh_from_db()
    assert (report.received_on, report.way, report.category, report.state) == (
        today,
        Way.PUBLIC,
        "procurement",
        State.RECEIVED,
    )
    assert report.due_on == first_due(channel, today)
    assert (report.expires_on, report.shredded_on, report.is_stale) == (None, None, False)
    assert report.roll_version == channel.roll_version
    assert len(report.number) == 5
    assert report.number.isdecimal()


def _rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if not table.startswith("django_mig")]
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    assert {AuditEntry._meta.db_table, Mail._meta.db_table, Session._meta.db_table} <= set(counts)
    return counts


def test_nothing_that_was_told_stands_in_a_column(agency, channel) -> None:
    report = submitted(agency, identity=Identity(name="สมใจ รักถิ่น", phone="081-234-5678"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM complaints_report UNION ALL SELECT * FROM complaints_report")
        columns = [bytes(one) if isinstance(one, memoryview) else one for row in cursor.fetchall() for one in row]
    text = b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in columns)
    messages = b"".join(bytes(one.sealed) for one in report.messages.all())
    for word in ("ลาดยาง", "สวนพลู", "เมษายน", "สมใจ", "081", "AGE-SECRET"):
        assert word.encode() not in text + messages


def test_handlers_open_it_with_their_own_key_and_nobody_else(agency, channel) -> None:
    report = submitted(agency)
    for who in office_keys.HANDLERS:
        keys = sealing.case_keys(report, office_keys.key_of(agency, who))
        assert keys is not None
        assert (pair_of(keys.dialogue).recipient, pair_of(keys.case).recipient) == (
            report.dialogue_key,
            report.case_key,
        )
        assert unseal_value(report.body, [keys.dialogue])["what"] == TOLD.what
    for who in (office_keys.SUPERVISOR, office_keys.FALLBACK, Role.CLERK, office_keys.OUTSIDER):
        assert sealing.case_keys(report, office_keys.key_of(agency, who)) is None


def test_receipt_opens_the_dialogue_and_no_handlers_part(agency, channel) -> None:
    receipt = new_receipt()
    report = submitted(agency, receipt=receipt, identity=Identity(name="สมใจ"))
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    assert following.report == report
    assert following.told == replace(TOLD, day=timezone.localdate().isoformat())
    assert following.said == ()
    with pytest.raises(NotForThisKey):
        unseal_value(report.messages.get().sealed, [following.identity])
    assert unwrapped(report.wraps, [following.identity]) is None
    assert receiving.by_receipt(agency, new_receipt()) is None


def test_receipt_opens_nothing_in_another_office(agency, channel, other_agency) -> None:
    receipt = new_receipt()
    submitted(agency, receipt=receipt)
    assert receiving.by_receipt(other_agency, receipt) is None


def test_same_form_twice_is_one_report(agency, channel, rung, django_capture_on_commit_callbacks) -> None:
    receipt = new_receipt()
    with django_capture_on_commit_callbacks(execute=True):
        first = submitted(agency, receipt=receipt)
        second = submitted(agency, receipt=receipt)
    assert first == second
    assert Report.objects.count() == Message.objects.count() == len(rung) == 1


def test_something_else_by_the_same_receipt_is_refused_and_not_passed_over(agency, channel) -> None:
    receipt = new_receipt()
    submitted(agency, receipt=receipt)
    with pytest.raises(receiving.SentBefore):
        submitted(agency, replace(TOLD, what="อย่างอื่นที่ไม่เหมือนเดิมเลย"), receipt=receipt)
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    assert following.told.what == TOLD.what
    assert Report.objects.count() == 1


def test_form_that_was_quicker_in_another_process_wins(agency, channel, monkeypatch) -> None:
    receipt = new_receipt()
    quicker = submitted(agency, receipt=receipt)
    monkeypatch.setattr(receiving, "_found", lambda agency, handle: None)
    assert submitted(agency, receipt=receipt) == quicker
    assert Report.objects.count() == Message.objects.count() == 1


def test_number_that_is_taken_is_drawn_again_and_grows_when_all_are(agency, channel, monkeypatch) -> None:
    first = submitted(agency)
    draws = iter([first.number, first.number, "54321"])
    monkeypatch.setattr(receiving, "_numbers", lambda: draws)
    assert submitted(agency).number == "54321"
    monkeypatch.undo()
    lengths = [len(number) for number in receiving._numbers()]
    assert lengths == [5] * 10 + [6] * 10 + [7] * 10 + [8] * 10


def test_numbers_do_not_count(agency, channel) -> None:
    numbers = [int(submitted(agency).number) for _ in range(6)]
    assert numbers != sorted(numbers) or len({b - a for a, b in zip(numbers, numbers[1:], strict=False)}) > 1


def test_identity_is_only_in_the_handlers_part_and_its_lack_does_not_show(agency, channel) -> None:
    who = Identity(name="สมใจ รักถิ่น", email="somjai@example.com")
    named, nameless = submitted(agency, identity=who), submitted(agency)
    keys = sealing.case_keys(named, office_keys.key_of(agency, Role.LEGAL))
    assert keys is not None
    message = named.messages.get()
    said = said_from(unseal_value(message.sealed, [keys.case]))
    assert (said.kind, said.data["name"], said.at) == (Kind.IDENTITY, who.name, timezone.localdate().isoformat())
    other = nameless.messages.get()
    assert not message.is_dialogue
    assert not other.is_dialogue
    assert abs(len(bytes(message.sealed)) - len(bytes(other.sealed))) < 300  # what age adds at random


def test_wraps_are_alike_for_one_reader_and_for_three(agency, channel) -> None:
    three = submitted(agency)
    one = submitted(agency, replace(TOLD, accused=(Accused(position="นายกเทศมนตรี"),)))
    assert len(bytes(three.wraps)) == len(bytes(one.wraps))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"what": "  โกง  "}, "what"),
        ({"what": "ก ก ก ก ก ก ก ก ก"}, "what"),
        ({"where": " ", "when": ""}, "when"),
        ({"category": "nothing"}, "category"),
    ],
)
def test_report_that_says_too_little_is_refused(agency, channel, change, field) -> None:
    with pytest.raises(NotTaken) as refusal:
        submitted(agency, replace(TOLD, **change))
    assert refusal.value.field == field
    assert refusal.value.message_th
    assert Report.objects.count() == 0


@pytest.mark.parametrize("change", [{"where": ""}, {"when": ""}])
def test_when_or_where_is_enough(agency, channel, change) -> None:
    assert submitted(agency, replace(TOLD, **change)).pk


def test_paper_is_taken_as_it_is_written(agency, channel) -> None:
    bare = replace(TOLD, where="", when="")
    assert submitted(agency, bare, way=Way.PAPER).way == Way.PAPER
    assert submitted(agency, replace(bare, what="-", moved="12/2569"), way=Way.MOVED).way == Way.MOVED


def test_channel_that_is_not_open_takes_nothing(agency) -> None:
    with pytest.raises(NotTaken, match="not taken"):
        submitted(agency)


def test_report_that_nobody_may_read_is_not_kept(agency, channel) -> None:
    everybody = "เที่ยง ธรรมดี", "ตรง สุจริตกุล", "ประหยัด พอดี", "ปกป้อง ดูแล", "กำกับ ดูแลดี"
    with pytest.raises(NotTaken) as refusal:
        submitted(agency, replace(TOLD, accused=tuple(Accused(name=name) for name in everybody)))
    assert "๑๒๐๕" in refusal.value.mend_th
    assert Report.objects.count() == 0


def test_token_of_a_form_holds_one_receipt_and_only_for_a_while(monkeypatch, settings) -> None:
    token = receiving.give_token()
    receipt = receiving.receipt_of(token)
    assert receipt == receiving.receipt_of(token)
    assert receipt.token not in token
    assert receiving.receipt_of(receiving.give_token()) != receipt
    for bad in ("", "x", token[:-2], token.swapcase(), tokens.closed(receipt.token, "files")):
        with pytest.raises(NotTaken):
            receiving.receipt_of(bad)
    monkeypatch.setattr(tokens, "LASTS", -1)
    with pytest.raises(NotTaken):
        receiving.receipt_of(token)
    monkeypatch.undo()
    settings.SECRET_KEY = "another-key-of-another-server-0123456789"
    with pytest.raises(NotTaken):
        receiving.receipt_of(token)


# --- bells ------------------------------------------------------------------------------------------------------------
def test_readers_are_told_after_it_stands(agency, channel, rung, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        report = submitted(agency)
    assert rung == []
    for call in waiting:
        call()
    assert rung == [([office_keys.holder_of(agency, who).pk for who in office_keys.HANDLERS], report.number)]


def test_message_tells_readers_but_nobody_once_somebody_was_taken_off(
    agency, channel, rung, django_capture_on_commit_callbacks
) -> None:
    receipt = new_receipt()
    report = submitted(agency, receipt=receipt)
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    with django_capture_on_commit_callbacks(execute=True):
        receiving.say(agency, following=following, text="มีภาพถ่ายเพิ่ม")
    assert [number for _, number in rung] == [report.number]
    Report.objects.update(is_stale=True)
    with django_capture_on_commit_callbacks(execute=True):
        receiving.say(agency, following=following, text="และพยานอีกคน")
    assert len(rung) == 1


# --- dialogue ---------------------------------------------------------------------------------------------------------
def test_reporter_says_more_and_reads_it_back_with_only_the_day(agency, channel) -> None:
    receipt = new_receipt()
    submitted(agency, receipt=receipt)
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    before = _rows()
    receiving.say(agency, following=following, text=" มีภาพถ่ายเพิ่ม ")
    after = _rows()
    assert {table for table in after if after[table] != before[table]} == {"complaints_message"}
    again = receiving.by_receipt(agency, receipt)
    assert again is not None
    assert again.said == (Said(Kind.REPORTER, "มีภาพถ่ายเพิ่ม", at=timezone.localdate().isoformat()),)
    with pytest.raises(NotTaken):
        receiving.say(agency, following=following, text="  ")


def test_message_goes_to_the_key_of_now(agency, channel) -> None:
    """Between opening the page and sending, a handler may have closed the report anew."""
    receipt = new_receipt()
    report = submitted(agency, receipt=receipt)
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    pair = sealing.new_pair()
    to = keys_of(receipt, bytes(channel.salt))[0].recipient
    closed = receipt_wraps.closed(pair.identity, to)
    Report.objects.filter(pk=report.pk).update(dialogue_key=pair.recipient, receipt_wrap=closed)
    receiving.say(agency, following=following, text="หลังเปลี่ยนกุญแจ")
    message = report.messages.get(is_dialogue=True)
    assert said_from(unseal_value(message.sealed, [pair.identity])).text == "หลังเปลี่ยนกุญแจ"


def test_what_a_stranger_put_into_the_dialogue_is_not_shown(agency, channel) -> None:
    receipt = new_receipt()
    report = submitted(agency, receipt=receipt)
    Message.objects.create(report=report, is_dialogue=True, sealed=sealing.sealed_said(Kind.NOTE, report.dialogue_key))
    Message.objects.create(
        report=report, is_dialogue=True, sealed=sealing.sealed_said(Kind.REPLY, sealing.new_pair().recipient)
    )
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    assert following.said == ()


def test_shredded_report_opens_no_more(agency, channel) -> None:
    receipt = new_receipt()
    submitted(agency, receipt=receipt)
    Report.objects.update(body=b"", receipt_wrap=b"", wraps=b"", shredded_on=dt.date(2026, 1, 1))
    assert receiving.by_receipt(agency, receipt) is None


def test_mark_in_the_journal_is_of_one_case_and_known_to_its_readers(agency, channel) -> None:
    key = office_keys.key_of(agency, Role.LEGAL)
    marks = {sealing.case_keys(submitted(agency), key).mark for _ in range(3)}
    assert len(marks) == 3


# --- files ------------------------------------------------------------------------------------------------------------
def test_files_belong_to_the_report_that_names_them(agency, channel) -> None:
    receipt, file = new_receipt(), sealing.sealed_file(agency, b"evidence")
    report = submitted(agency, replace(TOLD, files=(file,)), receipt=receipt)
    assert [one.name for one in report.sealed_files.all()] == [file.name]
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    assert following.told.files == (file,)


def test_files_of_a_form_sent_twice_are_taken_away(agency, channel) -> None:
    receipt = new_receipt()
    first, second = sealing.sealed_file(agency, b"one"), sealing.sealed_file(agency, b"one")
    submitted(agency, replace(TOLD, files=(first,)), receipt=receipt)
    submitted(agency, replace(TOLD, files=(second,)), receipt=receipt)
    submitted(agency, replace(TOLD, files=(first,)), receipt=receipt)
    assert store.names(agency.code) == {first.name}


def test_file_of_another_report_or_gone_or_under_another_key_is_refused(agency, channel) -> None:
    file = sealing.sealed_file(agency, b"evidence")
    submitted(agency, replace(TOLD, files=(file,)))
    gone = sealing.sealed_file(agency, b"gone")
    store.remove(agency.code, [gone.name])
    odd = replace(sealing.sealed_file(agency, b"odd"), identity=sealing.new_pair().identity)
    for bad in (file, gone, odd):
        with pytest.raises(NotTaken) as refusal:
            submitted(agency, replace(TOLD, files=(bad,)))
        assert refusal.value.field == "files"
    assert Report.objects.count() == SealedFile.objects.count() == 1


def test_too_many_files_together_are_refused(agency, channel) -> None:
    file = sealing.sealed_file(agency, b"evidence")
    with pytest.raises(NotTaken, match="not taken"):
        submitted(agency, replace(TOLD, files=(file,) * 11))
    with pytest.raises(NotTaken, match="not taken"):
        submitted(agency, replace(TOLD, files=(replace(file, size=201 * 1024 * 1024),)))


def test_files_of_a_message_belong_to_the_report(agency, channel) -> None:
    receipt = new_receipt()
    report = submitted(agency, receipt=receipt)
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    file = sealing.sealed_file(agency, b"more")
    receiving.say(agency, following=following, text="", files=[file])
    assert report.sealed_files.get().name == file.name
    with pytest.raises(NotTaken):
        receiving.say(agency, following=following, text="อีกครั้ง", files=[file])


def test_keys_do_not_print() -> None:
    receipt = new_receipt()
    assert receipt.token not in repr(receipt)
    assert json.dumps(receipt.thai, ensure_ascii=False) not in repr(receipt)
    assert "SECRET" not in repr(keys_from({"dialogue": "AGE-SECRET-1", "case": "AGE-SECRET-2", "mark": "m"}))
