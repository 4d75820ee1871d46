"""Plain data of a well-shaped file to the model.

Texts of items and elements may hold ``{year}``, ``{year-1}`` or ``{year+1}``: the fiscal year that the file is about,
so that next year's file is this one with another year at its head.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from prongsai.frameworks.model import (
    Basis,
    CalendarEntry,
    Certainty,
    Crosswalk,
    CrosswalkRow,
    Element,
    Framework,
    Indicator,
    Instrument,
    InstrumentPart,
    Issue,
    Item,
    Level,
    Part,
    Question,
    Relation,
    Sampling,
    Scale,
    Source,
    Status,
)

Data = Mapping[str, Any]
Fill = Callable[[str], str]

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_YEARS = {"year": 0, "year-1": -1, "year+1": 1}


def known_placeholder(name: str) -> bool:
    """Tell whether ``{name}`` stands for a year."""
    return name in _YEARS


def fill_years(text: str, fiscal_year_be: int) -> str:
    """Put the years into a text: ``{year-1}`` of 2569 is 2568. Unknown names are left as they are."""

    def year(match: re.Match[str]) -> str:
        step = _YEARS.get(match[1])
        return match[0] if step is None else str(fiscal_year_be + step)

    return PLACEHOLDER.sub(year, text)


def build_framework(data: Data, sha256: str = "") -> Framework:
    """Make the model of a framework file whose shape has been checked."""
    year = data["fiscal_year_be"]

    def fill(text: str) -> str:
        return fill_years(text, year)

    return Framework(
        id=data["id"],
        kind=data["kind"],
        fiscal_year_be=year,
        edition=data["edition"],
        status=Status(data["status"]),
        title_th=fill(data["title_th"]),
        title_en=fill(data.get("title_en", "")),
        decimals=data["decimals"],
        target_pct=_decimal(data["target"]["pct"]),
        target_basis=_basis(data["target"]["basis"]),
        item_scores=tuple(_decimal(score) for score in data["item_scores"]["values"]),
        item_scores_basis=_basis(data["item_scores"]["basis"]),
        sources=tuple(_source(each) for each in data["sources"]),
        instruments=tuple(_instrument(each) for each in data["instruments"]),
        indicators=tuple(_indicator(each) for each in data["indicators"]),
        items=tuple(_item(each, fill) for each in data["items"]),
        scales=tuple(_scale(each) for each in data.get("scales", ())),
        questions=tuple(_question(each) for each in data.get("questions", ())),
        samplings=tuple(_sampling(each) for each in data.get("samplings", ())),
        levels=tuple(_level(each) for each in data["levels"]),
        issues=tuple(_issue(each) for each in data.get("issues", ())),
        calendar=tuple(_calendar(each, fill) for each in data.get("calendar", ())),
        notes=tuple(data.get("notes", ())),
        sha256=sha256,
    )


def build_crosswalk(data: Data, sha256: str = "") -> Crosswalk:
    """Make the model of a crosswalk file whose shape has been checked."""
    return Crosswalk(
        id=data["id"],
        from_id=data["from"],
        to_id=data["to"],
        edition=data["edition"],
        status=Status(data["status"]),
        sources=tuple(_source(each) for each in data["sources"]),
        rows=tuple(_row(each) for each in data["rows"]),
        sha256=sha256,
    )


def _decimal(number: int | Decimal) -> Decimal:
    return Decimal(number)


def _maybe(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _basis(data: Data) -> Basis:
    return Basis(Certainty(data["certainty"]), tuple(data.get("sources", ())), data.get("note", ""))


def _source(data: Data) -> Source:
    return Source(data["key"], data["title"], data["where"])


def _instrument(data: Data) -> Instrument:
    return Instrument(
        code=data["code"],
        name_th=data["name_th"],
        name_en=data.get("name_en", ""),
        weight_pct=_decimal(data["weight_pct"]),
        basis=_basis(data["basis"]),
        parts=tuple(
            InstrumentPart(each["number"], each["name_th"], _maybe(each["weight_pct"]), _basis(each["basis"]))
            for each in data.get("parts", ())
        ),
    )


def _indicator(data: Data) -> Indicator:
    return Indicator(
        code=data["code"],
        key=data["key"],
        name_th=data["name_th"],
        name_en=data.get("name_en", ""),
        instrument=data["instrument"],
        parent=data.get("parent"),
        basis=_basis(data["basis"]),
        aliases=tuple(data.get("aliases", ())),
    )


def _item(data: Data, fill: Fill) -> Item:
    elements_basis = _basis(data["elements_basis"])
    return Item(
        code=data["code"],
        key=data["key"],
        title_th=fill(data["title_th"]),
        title_en=fill(data.get("title_en", "")),
        indicator=data["indicator"],
        elements=tuple(_element(each, elements_basis, fill) for each in data["elements"]),
        period_th=fill(data["period_th"]),
        content_year=data["content_year"],
        partial=data.get("partial", False),
        basis=_basis(data["basis"]),
        elements_basis=elements_basis,
    )


def _element(data: Data, inherited: Basis, fill: Fill) -> Element:
    basis = _basis(data["basis"]) if "basis" in data else inherited
    return Element(data["key"], fill(data["text_th"]), basis)


def _scale(data: Data) -> Scale:
    return Scale(
        code=data["code"],
        answers=tuple((each["answer"], _decimal(each["score"])) for each in data["answers"]),
        no_opinion=tuple(data.get("no_opinion", ())),
        basis=_basis(data["basis"]),
    )


def _question(data: Data) -> Question:
    reverse = data.get("reversed", False)
    return Question(
        code=data["code"],
        key=data["key"],
        indicator=data["indicator"],
        gist_th=data["gist_th"],
        scale=data["scale"],
        reversed=reverse,
        parts=tuple(Part(each["text_th"], each.get("reversed", reverse)) for each in data.get("parts", ())),
        basis=_basis(data["basis"]),
    )


def _sampling(data: Data) -> Sampling:
    return Sampling(
        instrument=data["instrument"],
        eligible_th=data["eligible_th"],
        rate_pct=_maybe(data["rate_pct"]),
        minimum=data["minimum"],
        maximum=data["maximum"],
        text_th=data.get("text_th", ""),
        basis=_basis(data["basis"]),
    )


def _level(data: Data) -> Level:
    return Level(
        code=data["code"],
        name_th=data["name_th"],
        name_en=data.get("name_en", ""),
        minimum=_decimal(data["minimum"]),
        maximum=_decimal(data["maximum"]),
        instrument_minimum=_maybe(data["instrument_minimum"]),
        basis=_basis(data["basis"]),
    )


def _issue(data: Data) -> Issue:
    return Issue(
        no=data["number"],
        name_th=data["name_th"],
        name_en=data.get("name_en", ""),
        indicators=tuple(data["indicators"]),
        item_keys=tuple(data.get("item_keys", ())),
        basis=_basis(data["basis"]),
        links_basis=_basis(data["links_basis"]),
    )


def _calendar(data: Data, fill: Fill) -> CalendarEntry:
    return CalendarEntry(
        key=data["key"],
        name_th=data["name_th"],
        start=data["start"],
        end=data["end"],
        text_th=fill(data.get("text_th", "")),
        basis=_basis(data["basis"]),
    )


def _row(data: Data) -> CrosswalkRow:
    return CrosswalkRow(
        relation=Relation(data["relation"]),
        from_codes=tuple(data["from"]),
        to_codes=tuple(data["to"]),
        note_th=data.get("note_th", ""),
        basis=_basis(data["basis"]),
    )
