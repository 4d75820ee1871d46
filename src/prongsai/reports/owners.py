"""Who answers for a row: people with posts, units, posts, or a sentence in which they stand."""

import re
from collections.abc import Iterable
from functools import lru_cache

from prongsai.documents.model import Line
from prongsai.reports.lists import read_items
from prongsai.reports.phrases import phrases
from prongsai.thai.names import split_people
from prongsai.thai.text import collapse, squeeze
from prongsai.thai.units import is_sentence, sentence_parties, split_units, standard_units

_LABEL = re.compile(r"^(ผู้รับผิดชอบ|หน่วยงานที่?รับผิดชอบ)\s*[:：]?\s*")
_AND = re.compile(r"\s*และ(?=สำนัก(?!งาน)|กอง(?!ทุน)|ฝ่าย|งาน|หน่วยตรวจ|ผู้อำนวยการ|หัวหน้า|ปลัด|รองปลัด|ทุกกอง)")
_RELATIVE = "ผู้"
_OWNER_LENGTH_MAX = 60


def read_owners(lines: Iterable[Line]) -> tuple[str, ...]:
    """Split an owner cell. A person keeps the post printed after the name; spaces inside a unit's name stay."""
    owners: list[str] = []
    for item in read_items(lines).texts:
        owners += _split(collapse(_LABEL.sub("", item)))
    return tuple(dict.fromkeys(owner for owner in owners if owner))


def _split(text: str) -> list[str]:
    people = split_people(text)
    if people:
        lead = text[: max(0, text.find(people[0].raw))]
        return [*_units(lead), *(collapse(person.raw) for person in people)]
    if is_sentence(text):
        parties = sentence_parties(text)
        is_cut = any(party.endswith(_RELATIVE) for party in parties)  # เจ้าหน้าที่ผู้|รับผิดชอบ: one who does something
        return [text] if is_cut else parties or [text]
    return _units(text)


def _units(text: str) -> list[str]:
    return [part for each in _AND.split(text) for unit in split_units(each) for part in _unglued(unit)]


def _unglued(text: str) -> list[str]:
    """Part standard units that stand without a space between them, as lines of a PDF may: "กองช่างกองคลัง"."""
    names: list[str] = []
    rest = text
    while rest:
        name = next((name for name in _unit_names() if rest.startswith(name)), None)
        if name is None:
            return [text]
        names.append(name)
        rest = rest[len(name) :]
    return names


@lru_cache(maxsize=1)
def _unit_names() -> tuple[str, ...]:
    """Give the full names of the standard units, the longest first."""
    return tuple(sorted((unit.name for unit in standard_units()), key=len, reverse=True))


def are_owners(lines: Iterable[Line]) -> bool:
    """Whether a cell holds nothing but people, units and posts: for a column that may hold owners or anything else."""
    owners = read_owners(lines)
    return bool(owners) and all(len(squeeze(owner)) <= _OWNER_LENGTH_MAX and is_owner(owner) for owner in owners)


def is_owner(text: str) -> bool:
    """Whether a text opens as a unit, a post, an agency or a person does."""
    return text.startswith(phrases().owner_starts) or bool(split_people(text))
