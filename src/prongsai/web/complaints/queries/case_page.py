"""What the page of a case shows beside what stands in it: who is meant, who reads, what happened in its order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Accused, FileKey, Kind, Said
from prongsai.web.complaints.models import Category, Holder
from prongsai.web.complaints.queries.accused import Office, meant_by
from prongsai.web.complaints.queries.case_history import Happening, history_of
from prongsai.web.complaints.queries.cases import Case, conflicted
from prongsai.web.complaints.queries.routing import route


class FileState(TextChoices):
    """What is known of the data about its maker that a file carries."""

    CLEANED = "cleaned", _("ลบข้อมูลแฝงแล้ว")
    CLEAN = "clean", _("ไม่พบข้อมูลแฝง")
    KEPT = "kept", _("อาจมีชื่อผู้จัดทำในไฟล์")


@dataclass(frozen=True, slots=True)
class AccusedShown:
    """Somebody accused. is_chosen: picked from the office's own lists, else typed.

    meant: the people and units of the office who are kept from the case for it, by their names.
    """

    accused: Accused
    is_chosen: bool
    meant: tuple[str, ...]
    is_added: bool


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file and what is known of it."""

    file: FileKey
    state: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class SaidShown:
    """A message of the dialogue or a note. on: the day; at: the time too, of handlers' messages."""

    said: Said
    on: date | None
    at: datetime | None
    files: tuple[FileShown, ...]

    @property
    def is_reporter(self) -> bool:
        """Whether it came from whoever reported."""
        return self.said.kind is Kind.REPORTER

    @property
    def act(self) -> str:
        """Say what a note was written for, "" for one that is only a note."""
        return str(_ACTS.get(str(self.said.data.get("act", "")), ""))


@dataclass(frozen=True, slots=True)
class CasePage:
    """The parts of the page of a case. facts: pairs of heading and text; what happened is not among them."""

    category: str
    facts: tuple[tuple[str, str], ...] = field(repr=False)
    accused: tuple[AccusedShown, ...] = field(repr=False)
    files: tuple[FileShown, ...] = field(repr=False)
    dialogue: tuple[SaidShown, ...] = field(repr=False)
    notes: tuple[SaidShown, ...] = field(repr=False)
    history: tuple[Happening, ...] = field(repr=False)
    readers: tuple[Holder, ...]
    is_answered: bool


_ACTS = {"identity": _("ขอดูตัวตนผู้แจ้ง"), "export": _("ทำสำเนา"), "paper": _("รับเรื่องแทนผู้แจ้ง"), "moved": _("ย้ายเรื่อง")}
_HEADS = (
    ("where", _("ที่ไหน")),
    ("when", _("เมื่อใด")),
    ("how", _("ทำอย่างไร")),
    ("evidence", _("หลักฐาน")),
    ("witnesses", _("พยาน")),
    ("elsewhere", _("แจ้งที่อื่นแล้ว")),
)


def page_of(scope: Scope, case: Case) -> CasePage:
    """Give the parts of the page of a case."""
    dialogue = tuple(_shown(one) for one in case.dialogue)
    return CasePage(
        category=str(Category(case.told.category).label) if case.told.category in Category else case.told.category,
        facts=tuple((str(head), getattr(case.told, name)) for name, head in _HEADS if getattr(case.told, name)),
        accused=tuple(_accused(scope, case)),
        files=tuple(_file(one) for one in case.told.files),
        dialogue=dialogue,
        notes=tuple(_shown(one) for one in case.notes),
        history=history_of(case),
        readers=route(scope.agency, case.accused, day=scope.today, conflicted=conflicted(case)).holders,
        is_answered=not dialogue or not dialogue[-1].is_reporter,
    )


def _accused(scope: Scope, case: Case) -> Iterator[AccusedShown]:
    office = Office(scope.agency, scope.today)
    for place, one in enumerate(case.accused):
        meant = meant_by(office, [one])
        names = [str(office.people[pk]) for pk in sorted(meant.people)]
        names += [office.units[pk].name for pk in sorted(meant.units)]
        is_chosen = any(pk is not None for pk in (one.person_id, one.post_id, one.unit_id))
        yield AccusedShown(one, is_chosen, tuple(names), is_added=place >= len(case.told.accused))


def _file(file: FileKey) -> FileShown:
    state = FileState(file.state) if file.state in FileState else FileState.KEPT
    return FileShown(file, str(state.label), is_kept=state is FileState.KEPT)


def _shown(said: Said) -> SaidShown:
    moment = datetime.fromisoformat(said.at) if said.at else None
    is_timed = moment is not None and moment.tzinfo is not None
    day = (timezone.localdate(moment) if is_timed else moment.date()) if moment else None
    return SaidShown(said, day, moment if is_timed else None, tuple(_file(one) for one in said.files))
