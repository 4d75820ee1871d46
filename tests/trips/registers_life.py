"""A year in the life of a register, the same for all: what each has of its own is said by a ``Life``."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from prongsai.thai.numerals import to_thai
from tests.trips.platform import Demo, Hand, visit
from tests.trips.registers_clerk import Clerk, Element, Outsider, bare
from tests.trips.registers_sheets import Row, faulty_cells, sheet, spoilt

AGENCY = "05160101"
FAULTY = 12


@dataclass
class Office:
    """The office of the demonstration, with a browser for each of its people; folder: for files of this test."""

    browser: Browser
    place: Demo
    folder: Path
    stack: contextlib.ExitStack
    clerks: dict[str, Clerk] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The address of the agency's pages."""
        return f"{self.place.url.rstrip('/')}/{AGENCY}/"

    def clerk(self, role: str) -> Clerk:
        """Give the hand of a role; signed in once."""
        if role not in self.clerks:
            page = self.stack.enter_context(visit(self.browser, "desktop"))
            Hand(page).sign_in(self.place, role)
            self.clerks[role] = Clerk(page, self.root)
        return self.clerks[role]

    @contextlib.contextmanager
    def outsider(self) -> Iterator[Outsider]:
        """Give a browser that has never been here."""
        with visit(self.browser, "phone") as page:
            yield Outsider(page, self.root)


@dataclass(frozen=True)
class Fed:
    """An element that a register feeds. by_entries: it is green as soon as there is something to show."""

    item: str
    text: str
    by_entries: bool = False


@dataclass(frozen=True)
class Life:
    """What a register's year has of its own.

    year: fiscal (BE). before: what must be there first. daily: the entries of the year by their form, and what others
    do with them. head: of the sheet that is brought in; good: its rows; like: a row of which each of wrong spoils one
    cell, the one that it names first. mended: the sheet is brought in again with the cells mended, instead of the good
    rows alone. missed, nothing: periods by their place. paper: the period whose paper is read, and its words. shown:
    what everybody may read; hidden: what nobody outside may, in no form. after: what else there is to see.
    """

    register: str
    name: str
    keeper: str
    year: int
    daily: Callable[[Office], None]
    head: Sequence[str]
    good: Sequence[Row]
    like: Row
    wrong: Sequence[Row]
    missed: int
    nothing: int | None
    paper: tuple[int, Sequence[str]]
    title: str
    shown: Sequence[str]
    hidden: Sequence[str]
    mends: Mapping[str, str] = field(default_factory=dict)
    mended: bool = False
    fed: Fed | None = None
    before: Callable[[Office], None] | None = None
    reported: Callable[[Office], None] | None = None
    figures: Sequence[str] = ()
    takes_outside: bool = False
    year_of_sheet: str = ""


def live(office: Office, life: Life) -> None:
    """Live the year."""
    keeper = office.clerk(life.keeper)
    was = _element(keeper, life)
    if life.before:
        life.before(office)
    if life.takes_outside:
        keeper.publish(life.register, takes_outside=True)
    keeper.open(life.name)
    life.daily(office)
    _bring_in(office, keeper, life)
    if life.reported:
        life.reported(office)
    periods = _settle_all_but_one(keeper, life)
    _read_papers(office, keeper, life, periods)
    if not life.takes_outside:
        keeper.publish(life.register)
    _settle_the_missed(keeper, life, periods, was)
    _read_as_everybody(office, life)


def _element(keeper: Clerk, life: Life) -> Element | None:
    return keeper.element(life.fed.item, life.fed.text) if life.fed else None


def _bring_in(office: Office, keeper: Clerk, life: Life) -> None:
    """Bring a sheet in: its faulty cells are named, the others come in."""
    assert len(life.wrong) == FAULTY
    rows = [*life.good, *spoilt(life.like, life.wrong)]
    found = keeper.bring_in(life.register, sheet(office.folder / "ตาราง.xlsx", life.head, rows), life.year_of_sheet)
    wanted = faulty_cells(life.head, len(life.good) + 2, life.wrong)
    assert found == wanted, (found, wanted)
    if life.mended:
        keeper.press("นำเข้าตารางที่แก้แล้ว", "link")
        mended = sheet(office.folder / "ตารางที่แก้แล้ว.xlsx", life.head, life.good)
        assert keeper.bring_in(life.register, mended, life.year_of_sheet) == []
    keeper.save_sheet(only_good=not life.mended)
    keeper.press("ดูทะเบียน", "link")


def _settle_all_but_one(keeper: Clerk, life: Life) -> list[str]:
    """Close the periods of the year, or state that there was nothing, but for one: it is missed. Give the periods."""
    stand = keeper.board(life.register, life.year)
    assert set(stand) == {"ขาด"}, stand
    periods = keeper.periods()
    if life.nothing is not None:
        keeper.state_nothing(periods[life.nothing])
    keeper.close(periods[life.paper[0]])
    by_hand = {life.missed, life.nothing, life.paper[0]}
    keeper.settle_all([each for place, each in enumerate(periods) if place not in by_hand])
    stand = keeper.board(life.register, life.year)
    assert [place for place, each in enumerate(stand) if each == "ขาด"] == [life.missed], stand
    if life.nothing is not None:
        assert stand[life.nothing] == "ยืนยันว่าไม่มี"
    keeper.hold("ขาด 1 งวด", f"ปิดแล้ว {len(stand) - 1} จาก {len(stand)} งวด")
    return periods


def _read_papers(office: Office, keeper: Clerk, life: Life, periods: Sequence[str]) -> None:
    """Take the paper of a period in both forms and read it back."""
    place, words = life.paper
    for link, name in (("พิมพ์ (Word)", "งวด.docx"), ("PDF", "งวด.pdf")):
        text = keeper.paper(periods[place], link, office.folder / name)
        missing = [each for each in words if bare(each) not in text]
        assert not missing, f"{name}: {missing} not in {text}"


def _settle_the_missed(keeper: Clerk, life: Life, periods: Sequence[str], was: Element | None) -> None:
    """Settle what was missed; where the register feeds an element of an item, that turns green by it."""
    fed = life.fed
    now = _element(keeper, life)
    if fed and was and now:
        assert not was.is_green, was
        assert now.is_green is fed.by_entries, now
    keeper.go(periods[life.missed])
    keeper.state_nothing(periods[life.missed]) if "งวดนี้ไม่มีรายการ" in keeper.words else keeper.close(
        periods[life.missed]
    )
    assert "ขาด" not in keeper.board(life.register, life.year)
    now = _element(keeper, life)
    if fed and was and now:
        assert now.is_green, now
        assert now.passed > was.passed, (was, now)
        assert f"ครบ {life.name}" in now.told, now


def _read_as_everybody(office: Office, life: Life) -> None:
    """Read the public table without signing in: what is covered stands in no form of it."""
    with office.outsider() as outsider:
        outsider.open_table(life.title)
        if outsider.page.get_by_label("ปีงบประมาณ").input_value() != str(life.year):
            outsider.put({"ปีงบประมาณ": to_thai(str(life.year))})
            outsider.press("ค้นหา")
        outsider.hold(*life.shown, *life.figures)
        everything = [outsider.page.content(), *outsider.answers()]
        assert len(everything) == 5
        told = [(secret, place) for secret in life.hidden for place, each in enumerate(everything) if secret in each]
        assert told == []
