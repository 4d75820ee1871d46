"""Cases that are closed anew: what was taken off opens nothing of them, and nobody else loses anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from prongsai.privacy.seal.boxes import NotForThisKey, seal_value, unseal
from prongsai.privacy.seal.frames import opened as opened_file
from prongsai.privacy.seal.keys import new_pair
from prongsai.privacy.seal.receipts import keys_of as receipt_keys
from prongsai.privacy.seal.receipts import new_receipt
from prongsai.privacy.seal.wraps import unwrapped
from prongsai.web.agencies.models import Agency, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import CaseKeys
from prongsai.web.complaints.models import Channel, Message, Report, SealedFile
from prongsai.web.complaints.queries.cases import Case, keys_of
from prongsai.web.complaints.services import cases as services
from prongsai.web.complaints.services import readers, receipt_wraps, receiving, renewing, store
from tests.web import office
from tests.web.complaints import office_keys, told
from tests.web.complaints.test_cases import case_of, opened


def spoil(path: Path) -> None:
    """Change the last byte of a file, whatever it was."""
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def openable(report: Report, identities: list[str]) -> list[str]:
    """Try every box of a report, in the database and on the disk, with keys that somebody kept; give what opens."""
    rows: list[models.Model] = [report, *Message.objects.filter(report=report)]
    found = [f"{row._meta.model_name}.{name}" for row in rows for name, box in boxes(row) if opens(box, identities)]
    found += ["report.wraps"] if unwrapped(report.wraps, identities) else []
    return found + [path.name for path in files_on_disk() if any(opens_file(path, one) for one in identities)]


def boxes(row: models.Model) -> list[tuple[str, bytes]]:
    """Give every column of bytes of a row."""
    fields = [one for one in row._meta.concrete_fields if isinstance(one, models.BinaryField)]
    return [(one.name, bytes(getattr(row, one.attname))) for one in fields]


def opens(box: bytes, identities: list[str]) -> bool:
    """Whether a key opens a box."""
    try:
        unseal(box, identities)
    except NotForThisKey:
        return False
    return True


def opens_file(path: Path, identity: str) -> bool:
    """Whether a key opens the first piece of a file."""
    with path.open("rb") as source:
        try:
            next(opened_file(source, identity))
        except NotForThisKey:
            return False
    return True


def files_on_disk() -> list[Path]:
    """Give every sealed file."""
    return [path for path in Path(settings.SEALED_FOLDER).rglob("*") if path.is_file()]


def kept_keys(case: Case) -> list[str]:
    """Give every private key that whoever opened a case could have copied: of the case and of each file."""
    return [case.keys.dialogue, case.keys.case, *(one.identity for one in case.files)]


def told_case(agency: Agency, receipt=None) -> Report:
    """Report with files and a name, with something said by each side."""
    receipt = receipt or new_receipt()
    report = told.tell(agency, files=told.sealed_files(agency), identity=told.WHO, receipt=receipt)
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    case = services.reply(scope, key, case_of(agency, report), text="ได้รับเรื่องแล้ว")
    services.note(scope, key, case, text="ตรวจใบอนุญาตปีก่อน")
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    later = told.sealed_file(agency, "ภาพเพิ่ม.jpg", b"another picture")
    receiving.say(agency, following=following, text="มีภาพเพิ่ม", files=[later])
    return Report.objects.get(pk=report.pk)


def test_who_was_taken_off_opens_neither_earlier_nor_later_content(
    agency: Agency, channel: Channel, django_capture_on_commit_callbacks
):
    receipt = new_receipt()
    report = told_case(agency, receipt)
    lost_key = office_keys.key_of(agency, Role.SUPPLY)
    kept = case_of(agency, report, Role.SUPPLY)
    everything = [*lost_key.bundle.identities, *kept_keys(kept)]
    assert len(openable(report, everything)) == 1 + 1 + 4 + 3  # body, wraps, messages with who reported, files

    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    accused = told.accused_of(agency, Role.HEAD)
    readers.exclude(scope, key, case_of(agency, report), accused=[accused])
    report = Report.objects.get(pk=report.pk)
    assert keys_of(lost_key, report) is None
    assert report.is_stale is True

    with django_capture_on_commit_callbacks(execute=True):
        case = case_of(agency, report, Role.AUDITOR)
    services.note(
        office_keys.scope_for(agency, Role.AUDITOR), office_keys.key_of(agency, Role.AUDITOR), case, text="ต่อ"
    )
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    receiving.say(agency, following=following, text="ยังมีอีก", files=[told.sealed_file(agency, "x.jpg", b"later")])

    assert openable(Report.objects.get(pk=report.pk), everything) == []


def test_nothing_is_lost_when_a_case_is_closed_anew(
    agency: Agency, channel: Channel, django_capture_on_commit_callbacks
):
    receipt = new_receipt()
    report = told_case(agency, receipt)
    before = case_of(agency, report)
    old = {path.name for path in files_on_disk()}
    told.again(report, is_stale=True)
    with django_capture_on_commit_callbacks(execute=True):
        after = case_of(agency, Report.objects.get(pk=report.pk))
    assert after.told.what == before.told.what
    assert [(one.kind, one.text, one.by, one.at) for one in after.said] == [
        (one.kind, one.text, one.by, one.at) for one in before.said
    ]
    assert after.keys.mark == before.keys.mark  # the log of the case goes on
    assert contents_of(after) == [*told.FILES, ("ภาพเพิ่ม.jpg", b"another picture")]
    new = {path.name for path in files_on_disk()}
    assert (len(new), new & old) == (3, set())
    assert set(SealedFile.objects.filter(report=report).values_list("name", flat=True)) == new
    assert after.report.is_stale is False


def contents_of(case: Case) -> list[tuple[str, bytes]]:
    """Give every file of a case, opened."""
    return [(one.title, b"".join(services.file_pieces(case, one.name)[1])) for one in case.files]


def test_receipt_still_opens_a_case_that_was_closed_anew(agency: Agency, channel: Channel):
    receipt = new_receipt()
    report = told.again(told_case(agency, receipt), is_stale=True)
    before = receiving.by_receipt(agency, receipt)
    after_case = case_of(agency, report)
    after = receiving.by_receipt(agency, receipt)
    assert before is not None
    assert after is not None
    assert [one.text for one in after.said] == ["ได้รับเรื่องแล้ว", "มีภาพเพิ่ม"]
    assert after.identity == after_case.keys.dialogue != before.identity
    pair, _handle = receipt_keys(receipt, bytes(channel.salt))
    readers_now = sorted(office_keys.holder_of(agency, who).pk for who in office_keys.HANDLERS)
    wrap = receipt_wraps.opened(after_case.report.receipt_wrap, pair.identity)
    assert (wrap[0], sorted(wrap[1])) == (after_case.keys.dialogue, readers_now)


def test_case_is_closed_anew_when_the_roll_has_changed(agency: Agency, channel: Channel):
    report = told.tell(agency)
    before = case_of(agency, report).keys
    Channel.objects.filter(pk=channel.pk).update(roll_version=channel.roll_version + 1)
    case = case_of(agency, Report.objects.get(pk=report.pk))
    assert before.dialogue != case.keys.dialogue
    assert before.case != case.keys.case
    assert case.report.roll_version == channel.roll_version + 1
    assert case_of(agency, Report.objects.get(pk=report.pk), Role.AUDITOR).keys == case.keys  # not closed again


def test_of_two_who_come_at_once_one_closes_and_the_other_reads(agency: Agency, channel: Channel):
    report = told.again(told_case(agency), is_stale=True)
    seen_by_both = Report.objects.get(pk=report.pk)
    first = case_of(agency, report, Role.LEGAL)
    second = case_of(agency, seen_by_both, Role.AUDITOR)
    assert second.keys == first.keys
    assert contents_of(second) == contents_of(first)


class Cut(Exception):
    """The power goes."""


@pytest.mark.parametrize("place", ["_put_report", "_put_messages", "_put_files"])
def test_cut_short_everything_old_stands(agency: Agency, channel: Channel, place: str, monkeypatch):
    report = told.again(told_case(agency), is_stale=True)
    before, files = stored(report), {path.name for path in files_on_disk()}
    whole = getattr(renewing, place)

    def cut(*args: object) -> None:
        whole(*args)
        raise Cut

    monkeypatch.setattr(renewing, place, cut)
    with pytest.raises(Cut):
        opened(agency, report)
    monkeypatch.undo()
    assert stored(report) == before
    assert {path.name for path in files_on_disk()} == files
    assert contents_of(case_of(agency, Report.objects.get(pk=report.pk)))[:2] == list(told.FILES)


def stored(report: Report) -> list[object]:
    """Give everything that stands in the database of a report."""
    rows = [Report.objects.filter(pk=report.pk), Message.objects.filter(report=report)]
    return [*(list(one.values_list()) for one in rows), set(SealedFile.objects.values_list("name", flat=True))]


def test_message_that_comes_while_files_are_written_anew_is_taken_along(agency: Agency, channel: Channel, monkeypatch):
    receipt = new_receipt()
    report = told.again(told_case(agency, receipt), is_stale=True)
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    closed = renewing._closed

    def interrupted(*args: object) -> bool:
        late = told.sealed_file(agency, "ท้ายสุด.jpg", b"late")
        receiving.say(agency, following=following, text="แทรก", files=[late])
        return closed(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(renewing, "_closed", interrupted)
    case = case_of(agency, report)
    assert (case.dialogue[-1].text, case.is_altered) == ("แทรก", False)
    assert contents_of(case)[-1] == ("ท้ายสุด.jpg", b"late")


@pytest.mark.parametrize("is_there", [True, False])
def test_broken_file_does_not_take_the_case_with_it(
    agency: Agency, channel: Channel, is_there: bool, django_capture_on_commit_callbacks
):
    report = told.again(told_case(agency), is_stale=True)
    broken = case_of_stale(agency, report).files[0]
    path = next(one for one in files_on_disk() if one.name == broken.name)
    if is_there:
        spoil(path)
    else:
        path.unlink()
    with django_capture_on_commit_callbacks(execute=True):
        case = case_of(agency, report)
    assert case.files[0] == broken
    assert [one.title for one in case.files] == ["ใบเสร็จ.jpg", "เสียงสนทนา.mp3", "ภาพเพิ่ม.jpg"]
    assert path.exists() is is_there
    assert SealedFile.objects.filter(name=broken.name).exists()


def case_of_stale(agency: Agency, report: Report) -> Case:
    """Read a case without closing it anew."""
    keys = keys_of(office_keys.key_of(agency, Role.LEGAL), report)
    assert isinstance(keys, CaseKeys)
    return renewing.read_case(report, keys)


def test_report_without_a_receipt_is_closed_anew_too(agency: Agency, channel: Channel):
    """A report that came on paper: nobody has a receipt."""
    report = told.tell(agency)
    keys = case_of(agency, report).keys
    bare = CaseKeys(keys.dialogue, keys.case, keys.mark)
    renewing.close_for(report, bare, [office_keys.holder_of(agency, who) for who in office_keys.HANDLERS])
    report = told.again(report, wraps=report.wraps, receipt_wrap=report.receipt_wrap, handle=None, is_stale=True)
    case = case_of(agency, report)
    assert bytes(case.report.receipt_wrap) == b""
    assert case.told.what == told.WHAT


def test_files_of_a_case_nobody_may_close_stay(agency: Agency, channel: Channel):
    """Who may not open it sets nothing off."""
    report = told.again(told_case(agency), is_stale=True)
    before = store.names(agency.code)
    assert opened(agency, report, office_keys.SUPERVISOR) is None
    assert store.names(agency.code) == before


def test_who_was_once_kept_from_a_case_stays_so_after_a_change_of_posts(agency: Agency, channel: Channel):
    report = told.tell(agency, told.accused_of(agency, Role.HEAD))
    case_of(agency, told.again(report, is_stale=True))
    Post.objects.filter(agency=agency, roles__role=Role.SUPPLY).update(unit=office.unit(agency, "กองช่าง"))
    case_of(agency, told.again(report, is_stale=True))
    assert keys_of(office_keys.key_of(agency, Role.SUPPLY), Report.objects.get(pk=report.pk)) is None


def test_who_deletes_from_the_database_why_somebody_was_taken_off_brings_them_back_no_more(
    agency: Agency, channel: Channel
):
    report = told.tell(agency)
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    readers.exclude(scope, key, case_of(agency, report), accused=[told.accused_of(agency, Role.HEAD)])
    Message.objects.filter(report=report).latest("pk").delete()
    case = case_of(agency, told.again(report, is_stale=True))
    assert len(case.accused) == 1
    assert keys_of(office_keys.key_of(agency, Role.SUPPLY), Report.objects.get(pk=report.pk)) is None


def test_changed_body_opens_for_nobody_and_closes_nothing_anew(agency: Agency, channel: Channel):
    """Without knowing who is accused nobody is let in."""
    report = told.tell(agency, told.accused_of(agency, Role.HEAD))
    report = told.again(report, body=seal_value({}, new_pair().recipient), is_stale=True)
    with pytest.raises(NotForThisKey):
        opened(agency, report)
    assert bytes(Report.objects.get(pk=report.pk).wraps) == bytes(report.wraps)
