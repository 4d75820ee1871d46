"""A questionnaire as a sheet of paper: boxes to tick, each option with the number that a clerk types.

Questions that follow each other on one scale stand in one table, so that fifteen of them take one page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from prongsai.documents.build import NOWHERE, box, cell, cell_of, covered, fields, paragraph, row, table
from prongsai.documents.model import Align, Block, Cell, Column, Document, Line, Mark, Row, Setup, Style, Table
from prongsai.questionnaires.model import Questionnaire, QuestionType, Section, ShownIf
from prongsai.questionnaires.places import Place, number_of, places_of

_TEXT_WIDTH, _OPTION_WIDTH = 7.5, 1.7
_ACROSS = ((12, 4), (18, 3), (34, 2))  # letters of the longest option → how many stand side by side
_ANSWER_LINES = 3
_IN_TABLES = (QuestionType.SCALE, QuestionType.MATRIX)
_SAID = {
    "th": {
        "mark": "ทำเครื่องหมาย ✓ ในช่องที่ตรงกับความเห็นของท่าน ข้อละหนึ่งช่อง ข้อที่ไม่สะดวกตอบเว้นว่างได้",
        "unnamed": "ไม่ต้องลงชื่อ แบบสอบถามนี้ไม่รู้ว่าใครเป็นผู้ตอบ และไม่มีใครดูคำตอบรายแผ่น",
        "group": "กลุ่ม",
        "code": "รหัส (ถ้าได้รับ)",
        "item": "ข้อคำถาม",
        "several": "(เลือกได้มากกว่าหนึ่งข้อ)",
        "if": "ตอบเฉพาะเมื่อข้อ {number} ตอบ {answers}",
        "or": " หรือ ",
        "until": "ส่งคืนภายในวันที่ {day}",
    },
    "en": {
        "mark": "Tick ✓ the box that fits your opinion, one for each question. You may leave a question open.",
        "unnamed": "Do not sign. Nobody can tell who filled in this sheet, and no single sheet is looked at.",
        "group": "Group",
        "code": "Code (if you have one)",
        "item": "Question",
        "several": "(more than one may be ticked)",
        "if": "Only if the answer to {number} is {answers}",
        "or": " or ",
        "until": "Please return it by {day}",
    },
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What else stands on a sheet. group: whom it is asked of, "" for a line to write on; until: as printed.

    has_groups, has_code: whether there is a line for the group, for a code.
    """

    title: str
    agency: str
    until: str = ""
    group: str = ""
    has_groups: bool = False
    has_code: bool = False
    language: str = "th"


def sheet_paper(questionnaire: Questionnaire, sheet: Sheet) -> Document:
    """Compose the sheet of a questionnaire."""
    return Document(
        file="",
        format="composed",
        encoding=None,
        sha256="",
        blocks=tuple(_Composer(questionnaire, sheet).blocks()),
        title=sheet.title,
        setup=Setup(language=sheet.language, thai_digits=False, names=(sheet.agency,)),
    )


class _Composer:
    """Puts one sheet together in one language."""

    def __init__(self, questionnaire: Questionnaire, sheet: Sheet) -> None:
        self._asked, self._sheet = questionnaire, sheet
        self._said = _SAID[sheet.language]

    def blocks(self) -> Iterator[Block]:
        yield from self._head()
        before: Section | None = None
        for _, run in groupby(places_of(self._asked), key=_run_of):
            places = list(run)
            yield from self._run(places, before)
            before = places[-1].section
        yield from self._tail()

    def _head(self) -> Iterator[Block]:
        sheet, said = self._sheet, self._said
        yield paragraph(sheet.title, Style.TITLE)
        yield paragraph(sheet.agency, Style.CENTRED)
        if intro := self._words(self._asked.intro.of(sheet.language)):
            yield paragraph(intro, Style.PLAIN)
        yield paragraph(f"{said['unnamed']} {said['mark']}", Style.NOTE)
        lines = [(said["group"], sheet.group)] if sheet.has_groups or sheet.group else []
        lines += [(said["code"], "")] if sheet.has_code else []
        if lines:
            yield fields(*((label, value or _DOTS) for label, value in lines))

    def _tail(self) -> Iterator[Block]:
        if thanks := self._words(self._asked.thanks.of(self._sheet.language)):
            yield paragraph(thanks, Style.CENTRED)
        if self._sheet.until:
            yield paragraph(self._said["until"].format(day=self._sheet.until), Style.CENTRED)

    def _run(self, places: Sequence[Place], before: Section | None) -> Iterator[Block]:
        """Set places that belong together. before: the section of what stands above them."""
        first = places[0]
        if first.section is not before:
            yield from self._opened(first.section, before)
        if condition := first.question.shown_if:
            yield paragraph(self._condition(condition), Style.NOTE)
        if first.question.type in _IN_TABLES:
            yield self._ticks(places)
        elif first.takes_words:
            yield paragraph(self._question(first), Style.PLAIN)
            yield from [paragraph(_LINE, Style.PLAIN)] * _ANSWER_LINES
        else:
            yield self._options(first)

    def _opened(self, section: Section, before: Section | None) -> Iterator[Block]:
        title, intro = self._named(section, before)
        if title:
            yield paragraph(title, Style.HEADING)
        if intro:
            yield paragraph(intro, Style.PLAIN)

    def _named(self, section: Section, before: Section | None) -> tuple[str, str]:
        """Give the title of a section and what it begins with, unless the one before began with the same."""
        language = self._sheet.language
        intro = self._words(section.intro.of(language))
        is_said = before is not None and intro == self._words(before.intro.of(language))
        return self._words(section.title.of(language)), "" if is_said else intro

    def _condition(self, condition: ShownIf) -> str:
        of = self._asked.question(condition.question)
        labels = {one.key: one.label.of(self._sheet.language) for one in self._asked.options_of(of)}
        answers = self._said["or"].join(f"“{labels[key]}”" for key in condition.answers if key in labels)
        return self._said["if"].format(number=number_of(self._asked, of.key), answers=answers)

    def _question(self, place: Place) -> str:
        several = f" {self._said['several']}" if place.takes_several else ""
        helped = self._words(place.question.help.of(self._sheet.language))
        return f"{place.number}. {self._text(place)}{several}{f' ({helped})' if helped else ''}"

    def _ticks(self, places: Sequence[Place]) -> Table:
        """Set questions on one scale in one table: a row each, a column an option."""
        first, language = places[0], self._sheet.language
        of = first.question
        is_matrix = of.type is QuestionType.MATRIX
        asked = f"{first.number.partition('.')[0]}. {of.text.of(language)}" if is_matrix else self._said["item"]
        heads = [cell(asked), *(cell(one.label.of(language)) for one in first.options)]
        rows = list(self._rows(places, "" if is_matrix else "."))
        columns = (Column(_TEXT_WIDTH), *(Column(_OPTION_WIDTH, align=Align.CENTRE) for _ in first.options))
        return table([row(*heads)], rows, columns)

    def _rows(self, places: Sequence[Place], mark: str) -> Iterator[Row]:
        """Give a row for each; where another section begins, a row with its title before."""
        before = places[0].section
        for place in places:
            if place.section is not before:
                title, intro = self._named(place.section, before)
                over = cell(f"{title} ({intro})" if intro and title else title or intro, columns=len(place.options) + 1)
                if over.text:
                    yield row(over, *[covered(over)] * len(place.options))
                before = place.section
            yield row(cell(f"{place.number}{mark} {self._text(place)}"), *_boxes(place))

    def _options(self, place: Place) -> Table:
        """Set options side by side under their question, as many as their words leave room for."""
        labels = [f"{number} {option.label.of(self._sheet.language)}" for number, option in place.numbered]
        longest = max(map(len, labels), default=0)
        across = min(next((count for letters, count in _ACROSS if longest <= letters), 1), len(labels))
        asked = cell(self._question(place), columns=across)
        cells = [cell_of([box(label, ticked=False)]) for label in labels]
        cells += [cell("")] * (-len(cells) % across)
        rows = [row(*cells[at : at + across]) for at in range(0, len(cells), across)]
        return _unruled([row(asked, *[covered(asked)] * (across - 1)), *rows], across)

    def _text(self, place: Place) -> str:
        return self._words(place.text.of(self._sheet.language))

    @staticmethod
    def _words(text: str) -> str:
        return " ".join(text.split())


_DOTS, _LINE = "." * 30, "." * 165


def _boxes(place: Place) -> list[Cell]:
    return [cell_of([Line(number, Mark.UNTICKED)]) for number, _ in place.numbered]


def _unruled(rows: Sequence[Row], across: int) -> Table:
    return Table(tuple(rows), NOWHERE, "composed", 0, (Column(),) * across, ruled=False)


def _run_of(place: Place) -> tuple[object, ...]:
    """Give a key that is the same for places that stand in one table."""
    question = place.question
    if question.type is QuestionType.SCALE:
        condition = question.shown_if
        return "scale", question.scale, (condition.question, condition.answers) if condition else None
    return question.type, question.key
