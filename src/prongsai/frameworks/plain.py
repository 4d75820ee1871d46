"""The model as plain data: the form of the file, and of ``frameworks show --json``."""

from collections import Counter
from decimal import Decimal
from typing import Any

from prongsai.frameworks.model import (
    Basis,
    CalendarEntry,
    Certainty,
    Crosswalk,
    Framework,
    Indicator,
    Instrument,
    Issue,
    Item,
    Level,
    Question,
    Sampling,
    Scale,
    Source,
)

Plain = dict[str, Any]


def framework_plain(framework: Framework) -> Plain:
    """Give a framework in the form of its file, years filled in; building it again gives an equal framework."""
    return {
        "id": framework.id,
        "kind": framework.kind,
        "fiscal_year_be": framework.fiscal_year_be,
        "edition": framework.edition,
        "status": framework.status.value,
        "title_th": framework.title_th,
        "title_en": framework.title_en,
        "decimals": framework.decimals,
        "target": {"pct": framework.target_pct, "basis": _basis(framework.target_basis)},
        "item_scores": {"values": list(framework.item_scores), "basis": _basis(framework.item_scores_basis)},
        "sources": _sources(framework.sources),
        "instruments": [_instrument(each) for each in framework.instruments],
        "indicators": [_indicator(each) for each in framework.indicators],
        "levels": [_level(each) for each in framework.levels],
        "items": [_item(each) for each in framework.items],
        "issues": [_issue(each) for each in framework.issues],
        "scales": [_scale(each) for each in framework.scales],
        "questions": [_question(each) for each in framework.questions],
        "samplings": [_sampling(each) for each in framework.samplings],
        "calendar": [_calendar(each) for each in framework.calendar],
        "notes": list(framework.notes),
    }


def crosswalk_plain(crosswalk: Crosswalk) -> Plain:
    """Give a crosswalk in the form of its file."""
    return {
        "id": crosswalk.id,
        "kind": "crosswalk",
        "from": crosswalk.from_id,
        "to": crosswalk.to_id,
        "edition": crosswalk.edition,
        "status": crosswalk.status.value,
        "sources": _sources(crosswalk.sources),
        "rows": [
            {
                "relation": row.relation.value,
                "from": list(row.from_codes),
                "to": list(row.to_codes),
                "note_th": row.note_th,
                "basis": _basis(row.basis),
            }
            for row in crosswalk.rows
        ],
    }


def framework_json(framework: Framework) -> Plain:
    """Give what ``frameworks show --json`` prints: the file's form with ``official``, ``certainties`` and ``sha256``.

    official: verified throughout. certainties: how many facts rest on each certainty. Decimals become numbers.
    """
    counts = Counter(basis.certainty for _, basis in framework.facts())
    shown: Plain = _numbers(framework_plain(framework))
    shown["official"] = framework.is_official
    shown["certainties"] = {each.value: counts[each] for each in Certainty}
    shown["sha256"] = framework.sha256
    return shown


def number_text(value: Decimal | int) -> str:
    """Write a number in full, never with an exponent: ``30``, not ``3E+1``."""
    return f"{Decimal(value):f}"


def _numbers(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: _numbers(each) for key, each in value.items()}
    return [_numbers(each) for each in value] if isinstance(value, list) else value


def _basis(basis: Basis) -> Plain:
    return {"certainty": basis.certainty.value, "sources": list(basis.sources), "note": basis.note}


def _sources(sources: tuple[Source, ...]) -> list[Plain]:
    return [{"key": each.key, "title": each.title, "where": each.where} for each in sources]


def _instrument(each: Instrument) -> Plain:
    parts = [
        {"number": p.number, "name_th": p.name_th, "weight_pct": p.weight_pct, "basis": _basis(p.basis)}
        for p in each.parts
    ]
    return {
        "code": each.code,
        "name_th": each.name_th,
        "name_en": each.name_en,
        "weight_pct": each.weight_pct,
        "parts": parts,
        "basis": _basis(each.basis),
    }


def _indicator(each: Indicator) -> Plain:
    parent = {} if each.parent is None else {"parent": each.parent}
    return {
        "code": each.code,
        "key": each.key,
        "name_th": each.name_th,
        "name_en": each.name_en,
        "instrument": each.instrument,
        **parent,
        "aliases": list(each.aliases),
        "basis": _basis(each.basis),
    }


def _item(each: Item) -> Plain:
    elements = [{"key": e.key, "text_th": e.text_th, "basis": _basis(e.basis)} for e in each.elements]
    return {
        "code": each.code,
        "key": each.key,
        "title_th": each.title_th,
        "title_en": each.title_en,
        "indicator": each.indicator,
        "period_th": each.period_th,
        "content_year": each.content_year,
        "partial": each.partial,
        "basis": _basis(each.basis),
        "elements_basis": _basis(each.elements_basis),
        "elements": elements,
    }


def _scale(each: Scale) -> Plain:
    return {
        "code": each.code,
        "answers": [{"answer": answer, "score": score} for answer, score in each.answers],
        "no_opinion": list(each.no_opinion),
        "basis": _basis(each.basis),
    }


def _question(each: Question) -> Plain:
    return {
        "code": each.code,
        "key": each.key,
        "indicator": each.indicator,
        "gist_th": each.gist_th,
        "scale": each.scale,
        "reversed": each.reversed,
        "parts": [{"text_th": part.text_th, "reversed": part.reversed} for part in each.parts],
        "basis": _basis(each.basis),
    }


def _sampling(each: Sampling) -> Plain:
    return {
        "instrument": each.instrument,
        "eligible_th": each.eligible_th,
        "rate_pct": each.rate_pct,
        "minimum": each.minimum,
        "maximum": each.maximum,
        "text_th": each.text_th,
        "basis": _basis(each.basis),
    }


def _level(each: Level) -> Plain:
    return {
        "code": each.code,
        "name_th": each.name_th,
        "name_en": each.name_en,
        "minimum": each.minimum,
        "maximum": each.maximum,
        "instrument_minimum": each.instrument_minimum,
        "basis": _basis(each.basis),
    }


def _issue(each: Issue) -> Plain:
    return {
        "number": each.no,
        "name_th": each.name_th,
        "name_en": each.name_en,
        "indicators": list(each.indicators),
        "item_keys": list(each.item_keys),
        "basis": _basis(each.basis),
        "links_basis": _basis(each.links_basis),
    }


def _calendar(each: CalendarEntry) -> Plain:
    return {
        "key": each.key,
        "name_th": each.name_th,
        "start": each.start,
        "end": each.end,
        "text_th": each.text_th,
        "basis": _basis(each.basis),
    }
