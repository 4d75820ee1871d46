"""Gather what a score file says, agency by agency; a printed number becomes a Decimal or a Problem."""

from dataclasses import dataclass, field
from decimal import Decimal

from prongsai.errors import Problem, Where
from prongsai.scoring.faults import fault
from prongsai.scoring.scores import Entry, Reply, Scores, Section, StatedLevel
from prongsai.thai.numerals import read_number, to_arabic
from prongsai.thai.text import collapse, fold, normalise

MAX_PROBLEMS = 1000
MAX_CELL = 200
_SHOWN = 60

OVERALL = frozenset({"overall", "total", "คะแนนรวม", "คะแนนภาพรวม", "ภาพรวม", "คะแนนเฉลี่ยรวม", "รวม"})
LEVEL = frozenset({"level", "ระดับ", "ระดับผลการประเมิน", "ผลการประเมิน"})
_BLANK = frozenset({"", "-", "–", "—"})


def clip(text: str) -> str:
    """Shorten a printed text for a message."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def tidy(text: str) -> str:
    """Give one spelling of a printed code or name: normalised, Arabic digits, single spaces."""
    return collapse(to_arabic(normalise(text[:MAX_CELL])))


@dataclass
class Gathered:
    """One agency while its file is read."""

    agency: str | None
    where: Where
    entries: list[Entry] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    totals: list[Entry] = field(default_factory=list)
    levels: list[StatedLevel] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    hidden_problems: int = 0
    respondents: dict[str, int] = field(default_factory=dict)

    def add_problem(self, problem: Problem) -> None:
        """Keep a Problem, or only count it once there are MAX_PROBLEMS."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)
        else:
            self.hidden_problems += 1

    def add_score(self, code: str, text: str, where: Where, section: Section | None = None) -> None:
        """Take a printed score; without a section its code may also say total or level."""
        code = tidy(code)
        key = fold(code) if section is None else ""
        if key in LEVEL:
            self.add_level(text, where)
            return
        ok, value = self._number(code or "?", text, where)
        if not ok:
            return
        if not code:
            self.add_problem(fault("SCORE_WITHOUT_CODE", where, evidence=(clip(text),), text=clip(text)))
        elif key in OVERALL:
            self.totals.append(Entry("overall", value, where))
        else:
            self.entries.append(Entry(code, value, where, section))

    def add_total(self, text: str, where: Where) -> None:
        """Take the printed total."""
        ok, value = self._number("overall", text, where)
        if ok:
            self.totals.append(Entry("overall", value, where))

    def add_level(self, text: str, where: Where) -> None:
        """Take the printed level."""
        text = collapse(normalise(text[:MAX_CELL]))
        if text not in _BLANK:
            self.levels.append(StatedLevel(text, where))

    def add_reply(self, who: str | None, question: str, part: str, answer: str, where: Where) -> None:
        """Take one printed answer; who: anything that tells respondents apart, which is not kept."""
        number = None if who is None else self.respondents.setdefault(who, len(self.respondents) + 1)
        part = tidy(part)
        which = int(part) if part.isascii() and part.isdigit() and len(part) <= 3 else None
        text = collapse(normalise(answer[:MAX_CELL]))
        self.replies.append(Reply(number, tidy(question), which, text, where))

    def _number(self, code: str, text: str, where: Where) -> tuple[bool, Decimal | None]:
        if collapse(text) in _BLANK:
            return True, None
        value = read_number(text) if len(text) <= MAX_CELL else None
        if value is None:
            shown = clip(collapse(text))
            self.add_problem(fault("SCORE_NOT_A_NUMBER", where, evidence=(shown,), code=clip(code), text=shown))
        return value is not None, value

    def finish(self) -> Scores:
        """Give the Scores; a total or level that is printed twice counts only when both say the same."""
        return Scores(
            entries=tuple(self.entries),
            replies=tuple(self.replies),
            overall=self._only_total(),
            level=self._only_level(),
            agency=self.agency,
            where=self.where,
            problems=(*self.problems, *self._hidden()),
        )

    def _hidden(self) -> tuple[Problem, ...]:
        if not self.hidden_problems:
            return ()
        return (fault("SCORE_FAULTS_MANY", self.where, count=self.hidden_problems),)

    def _only_total(self) -> Entry | None:
        stated = [total for total in self.totals if total.value is not None] or self.totals
        for other in stated[1:]:
            if other.value != stated[0].value:
                self._doubled("overall", str(stated[0].value), str(other.value), other.where)
                return None
        return stated[0] if stated else None

    def _only_level(self) -> StatedLevel | None:
        for other in self.levels[1:]:
            if fold(other.text) != fold(self.levels[0].text):
                self._doubled("level", self.levels[0].text, other.text, other.where)
                return None
        return self.levels[0] if self.levels else None

    def _doubled(self, code: str, first: str, second: str, where: Where) -> None:
        self.problems.append(
            fault("SCORE_DUPLICATE", where, evidence=(first, second), code=code, first=first, second=second)
        )


class Collection:
    """The agencies of one file, in the order they occur."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._agencies: dict[str | None, Gathered] = {}

    def agency(self, name: str | None, where: Where) -> Gathered:
        """Give the agency of that name, a new one at its first occurrence."""
        gathered = self._agencies.get(name)
        if gathered is None:
            gathered = self._agencies[name] = Gathered(name, where)
        return gathered

    def separate(self, name: str | None, where: Where) -> Gathered:
        """Give a new agency even if there is one of that name: a list of records keeps its records apart."""
        gathered = Gathered(name, where)
        self._agencies[name if name not in self._agencies else f"{name}\n{len(self._agencies)}"] = gathered
        return gathered

    def finish(self) -> tuple[Scores, ...]:
        """Give the Scores of every agency."""
        return tuple(gathered.finish() for gathered in self._agencies.values())
