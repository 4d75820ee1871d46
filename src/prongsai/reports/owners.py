"""Who answers for a row: people with posts, units, posts, or a sentence in which they stand."""

import re
from collections.abc import Iterable

from prongsai.documents.model import Line
from prongsai.reports.lists import read_items
from prongsai.reports.phrases import phrases
from prongsai.thai.names import split_people
from prongsai.thai.text import collapse, squeeze

_LABEL = re.compile(r"^(ผู้รับผิดชอบ|หน่วยงานที่?รับผิดชอบ)\s*[:：]?\s*")
_CUTS = re.compile(
    r"\s*[,;，]\s*|\s+/\s*|\s*/\s+|/(?=\S)|\s*และ(?=สำนัก(?!งาน)|กอง(?!ทุน)|ฝ่าย|งาน|หน่วยตรวจ|ผู้อำนวยการ|หัวหน้า|ปลัด|รองปลัด|ทุกกอง)"
)
_SENTENCE_MIN = 30
_OWNER_LENGTH_MAX = 60


def read_owners(lines: Iterable[Line]) -> tuple[str, ...]:
    """Split an owner cell. A person keeps the post printed after the name; spaces inside a unit's name stay."""
    owners: list[str] = []
    for item in read_items(lines).texts:
        owners += _split(_LABEL.sub("", item))
    return tuple(dict.fromkeys(owner for owner in owners if owner))


def _split(text: str) -> list[str]:
    text = collapse(text)
    people = split_people(text)
    if people:
        lead = collapse(text[: text.find(people[0].raw)]) if people[0].raw in text else ""
        return ([*_tokens(lead)] if lead else []) + [collapse(person.raw) for person in people]
    if is_sentence(text):
        return _actors(text)
    return _tokens(text)


def are_owners(lines: Iterable[Line]) -> bool:
    """Whether a cell holds nothing but people, units and posts: for a column that may hold owners or anything else."""
    owners = read_owners(lines)
    return bool(owners) and all(len(squeeze(owner)) <= _OWNER_LENGTH_MAX and is_owner(owner) for owner in owners)


def is_owner(text: str) -> bool:
    """Whether a text opens as a unit, a post, an agency or a person does."""
    words = phrases()
    starts = words.unit_starts + words.all_units + words.posts + words.officers + words.agency_starts
    return text.startswith(starts) or bool(split_people(text))


def is_sentence(text: str) -> bool:
    """Whether an owner cell says who does what, in place of naming owners."""
    bare = squeeze(text)
    return len(bare) >= _SENTENCE_MIN and any(verb in bare for verb in phrases().handing_over + phrases().owner_verbs)


def _actors(text: str) -> list[str]:
    """Name the doer before the first verb and the receiver after the handing over."""
    bare = squeeze(text)
    verb = _first(bare, phrases().owner_verbs)
    actors = [bare[:verb]] if verb else []
    handing = next((word for word in phrases().handing_over if word in bare), None)
    if handing:
        receiver = bare[bare.index(handing) + len(handing) :]
        actors.append(_until_verb(receiver))
    return actors or [text]


def _first(text: str, words: Iterable[str]) -> int:
    places = [text.find(word) for word in words if text.find(word) > 0]
    return min(places, default=0)


def _until_verb(receiver: str) -> str:
    """Cut the receiver before its own verb when what is left is a unit; a post keeps the words that say which one."""
    if receiver.startswith(phrases().unit_starts):
        cut = _first(receiver, phrases().owner_verbs)
        return receiver[:cut] if cut else receiver
    return receiver


def _tokens(text: str) -> list[str]:
    owners: list[str] = []
    for part in (part.strip(" -–—") for part in _CUTS.split(text)):
        if owners and part in phrases().unit_starts:  # "ทุกสำนัก/กอง" is one
            owners[-1] += f"/{part}"
        else:
            owners += _words(part)
    return owners


def _words(part: str) -> list[str]:
    """Start a new owner at each word that opens a unit, a post or "all"; other words belong to the one before."""
    owners: list[str] = []
    for word in part.split():
        if owners and not _opens(word, owners[-1]):
            owners[-1] += f" {word}"
        else:
            owners.append(word)
    return owners


def _opens(word: str, before: str) -> bool:
    words = phrases()
    if before.endswith(("และ", "หรือ", "/", "ทุก")):
        return False
    if word.startswith(words.unit_starts):
        return not before.startswith(words.officers)
    return word.startswith(words.all_units + words.posts + words.officers)
