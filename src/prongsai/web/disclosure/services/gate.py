"""The privacy gate: what a release shows is looked through for personal data, and a person decides what is found."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.documents import clean
from prongsai.documents.clean import Leak
from prongsai.errors import FileUnusable
from prongsai.privacy.patterns import personal
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import GateCheck, GateOutcome, Release, ReleaseFile, ReleaseState
from prongsai.web.disclosure.queries import drafts
from prongsai.web.disclosure.queries.contacts import allowed_of
from prongsai.web.disclosure.queries.rights import may_judge
from prongsai.web.disclosure.services import freezing
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file, read_file

SIGNATURE, UNREAD = "signature", "unread"  # kinds of findings; unread: nobody could look inside
REASON_MIN = 10
SEEN_SECONDS = 86_400  # what was found in the same bytes is told again for so long, by the same process
SHOWN_MAX = 200  # findings of a file that are kept; more say nothing more


@dataclass(slots=True)
class _Look:
    """What a look at a file or at the words found, at most SHOWN_MAX. cleaned: the copy that may be shown instead."""

    sha256: str
    file: ReleaseFile | None = None
    found: list[dict[str, Any]] = field(default_factory=list)
    cleaned: File | None = None

    @property
    def outcome(self) -> str:
        """A signature is only told of: it belongs on many papers."""
        waits = any(one["kind"] != SIGNATURE for one in self.found)
        return GateOutcome.WAITING if waits else GateOutcome.NOTHING


def look(scope: Scope, *, release: Release) -> tuple[GateCheck, ...]:
    """Look through what nobody has looked through yet, files and words; give the checks of all that stands there now.

    Files are read before the turn is taken. What is found is kept covered, a cleaned copy is kept guarded. An approved
    release is not looked at again.
    """
    release = Release.objects.select_related("page__agency", "page__item__cycle").get(pk=release.pk)
    files = [one for one in drafts.files_of(release) if not drafts.is_erased(one.file)]
    words = drafts.words_of(release, freezing.tables_of(release.page))
    sha256 = drafts.hash_of_words(words)
    known = drafts.current_checks(release, files, sha256)
    if release.state != ReleaseState.APPROVED and not all(known):
        allowed = allowed_of(scope.agency, scope.today)
        looks = _look_at_files(scope, [one for one, check in zip(files, known, strict=False) if not check], allowed)
        looks += [_look_at_words(words, sha256, allowed)] if known[-1] is None else []
        _keep(scope, release, looks, files, sha256)
        known = drafts.current_checks(release, files, sha256)
    return tuple(check for check in known if check)


def hold_public_words(scope: Scope, text: str, *, field: str = "reason") -> None:
    """Refuse words with personal data that everybody would read at once, without a release. Raises ValidationError."""
    hits = personal(text, allowed=allowed_of(scope.agency, scope.today))
    if not hits:
        return
    named = " · ".join(dict.fromkeys(f"{clean.KINDS_TH.get(hit.kind, hit.kind)} {hit.masked}" for hit in hits))
    words = _("ข้อความนี้ทุกคนอ่านได้ แต่มีข้อมูลส่วนบุคคล: {found} เขียนใหม่โดยไม่ใส่ข้อมูลนั้น")
    raise ValidationError({field: words.format(found=named)})


def _look_at_words(words: drafts.Words, sha256: str, allowed: Sequence[str]) -> _Look:
    return _Look(sha256, None, _found_in(words, allowed)[:SHOWN_MAX])


def _found_in(words: drafts.Words, allowed: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"kind": hit.kind, "where": where, "text": hit.masked, "masked": hit.masked}
        for where, text in words
        for hit in personal(text, allowed=allowed)
    ]


def _look_at_files(scope: Scope, files: Sequence[ReleaseFile], allowed: Sequence[str]) -> list[_Look]:
    with clean.Sweeper(allowed) as sweeper:
        looks = [_seen_before(one, allowed) or _look_at(scope, one, sweeper, allowed) for one in files]
    for one, looked in zip(files, looks, strict=True):
        # What is told of a file belongs to this release; the bytes may be found again elsewhere.
        looked.found = [*_found_in(drafts.words_of_file(one), allowed), *looked.found][:SHOWN_MAX]
    return looks


def _look_at(scope: Scope, one: ReleaseFile, sweeper: clean.Sweeper, allowed: Sequence[str]) -> _Look:
    looked = _Look(one.file.sha256, one)
    try:
        swept = sweeper.sweep(read_file(one.file), one.file.name)
    except FileUnusable as refusal:
        # What cannot be looked into is for a person to look at.
        looked.found = [{"kind": UNREAD, "where": "", "text": refusal.one_line, "masked": ""}]
        return looked
    waiting_first = sorted(swept.leaks, key=lambda leak: leak.kind == SIGNATURE)
    looked.found = [_told(leak) for leak in waiting_first[:SHOWN_MAX]]
    looked.cleaned = _kept_copy(scope, one, swept.cleaned)
    cache.set(_look_key(one, allowed), (looked.found, looked.cleaned and looked.cleaned.sha256), SEEN_SECONDS)
    return looked


def _told(leak: Leak) -> dict[str, Any]:
    told = {"kind": str(leak.kind), "where": str(leak.where), "text": leak.masked, "masked": leak.masked}
    return told | {"is_hidden": True} if leak.is_hidden else told


def _kept_copy(scope: Scope, one: ReleaseFile, made: clean.Cleaned | None) -> File | None:
    if made is None:
        return None
    try:
        kept = keep_file(scope, name=made.name, content=made.content, is_guarded=True)
    except FileUnusable:
        return None  # it is still told what was found; only no copy can be offered
    return kept if kept.sha256 != one.file.sha256 else None


def _seen_before(one: ReleaseFile, allowed: Sequence[str]) -> _Look | None:
    """Give what was found in the same bytes before, with the same allowed; what was decided of it is asked again."""
    found, copy = cache.get(_look_key(one, allowed), (None, None))
    cleaned = File.objects.filter(agency=one.file.agency, sha256=copy, erased_at=None).first() if copy else None
    if found is None or (copy and cleaned is None):
        return None
    return _Look(one.file.sha256, one, found, cleaned)


def _look_key(one: ReleaseFile, allowed: Sequence[str]) -> str:
    told = json.dumps([one.file.agency.code, one.file.sha256, one.file.name, sorted(allowed)])
    return f"gate-{hashlib.sha256(told.encode()).hexdigest()}"


@transaction.atomic
def _keep(scope: Scope, release: Release, looks: Sequence[_Look], files: Sequence[ReleaseFile], sha256: str) -> None:
    journal.take_turn(scope.agency)
    _drop_superseded(scope, release, files, sha256)
    there = set(release.files.values_list("pk", "file__sha256"))
    known = set(release.gate_checks.values_list("file_id", "sha256"))
    for one in looks:
        place = (one.file.pk if one.file else None, one.sha256)
        if place in known or (one.file and place not in there):
            continue  # somebody else looked, or took the file away, in the meantime
        check = GateCheck(release=release, file=one.file, sha256=one.sha256, found=one.found, cleaned=one.cleaned)
        check.outcome = one.outcome
        journal.create(scope, check, "gate.look")


def _drop_superseded(scope: Scope, release: Release, files: Sequence[ReleaseFile], sha256: str) -> None:
    """Take away what waits for a decision about words and files that no longer stand there."""
    stands = {(one.pk, one.file.sha256) for one in files} | {(None, sha256)}
    for check in release.gate_checks.filter(outcome=GateOutcome.WAITING):
        if (check.file_id, check.sha256) not in stands:
            journal.delete(scope, check, "gate.drop")


@transaction.atomic
def decide(scope: Scope, *, check: GateCheck, version: int | None, outcome: str, reason: str = "") -> GateCheck:
    """Decide what was found: show the cleaned copy, or what stands there as it is, with the reason.

    The cleaned copy is looked at again in its turn. Raises Stale, ValidationError.
    """
    journal.take_turn(scope.agency)
    found = GateCheck.objects.select_related("release", "file", "cleaned").get(pk=check.pk)
    if version is not None and found.version != version:
        raise journal.Stale(found)
    _hold_decision(scope, found, outcome, reason.strip())
    if outcome == GateOutcome.CLEANED:
        assert found.file
        _take_cleaned(scope, found, found.file)
    values: dict[str, Any] = {"decided_by": scope.person, "decided_at": timezone.now()}
    return journal.change(scope, found, "gate.decide", outcome=outcome, reason=reason.strip(), **values)


def _hold_decision(scope: Scope, check: GateCheck, outcome: str, reason: str) -> None:
    if not may_judge(scope):
        raise ValidationError(_("ผู้ตัดสินใจต้องเป็นผู้ดูแลเว็บหรือเจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล"))
    if check.outcome != GateOutcome.WAITING or check.release.state == ReleaseState.APPROVED:
        raise ValidationError(_("รายการนี้ตัดสินใจไปแล้ว"))
    if outcome not in (GateOutcome.CLEANED, GateOutcome.RELEASED):
        raise ValidationError(_("เลือกว่าจะใช้ฉบับที่ทำความสะอาดแล้ว หรือเผยแพร่ตามเดิม"))
    if outcome == GateOutcome.CLEANED and (check.cleaned is None or check.file is None):
        raise ValidationError(_("ไม่มีฉบับที่ทำความสะอาดแล้ว แก้ข้อความหรือไฟล์เอง แล้วตรวจอีกครั้ง"))
    if outcome == GateOutcome.RELEASED and sum(map(str.isalpha, reason)) < REASON_MIN:
        raise ValidationError({"reason": _("บอกเหตุผลที่เผยแพร่ตามเดิม อย่างน้อย ๑๐ ตัวอักษร")})


def _take_cleaned(scope: Scope, check: GateCheck, one: ReleaseFile) -> None:
    before = File.objects.get(pk=one.file_id)
    journal.change(scope, one, "release.clean", file=check.cleaned, original=one.original or before)


def is_open(release: Release) -> bool:
    """Whether the gate lets a release through: everything that it shows was looked at, and nothing waits."""
    return drafts.is_open(release, freezing.tables_of(release.page))
