"""What a register's file takes for granted and nobody has confirmed, and what somebody of the office has."""

from dataclasses import dataclass
from datetime import date

from prongsai.registers.facts import fact_key
from prongsai.web.registers.queries.library import Kept, editions_of


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed a fact, in which capacity, when, and by what source."""

    by: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as it is worded. confirmation: None while nobody has confirmed it."""

    key: str
    text: str
    confirmation: Confirmation | None


def facts_of(kept: Kept) -> tuple[Fact, ...]:
    """Give the facts of every edition, the newest edition first, each wording once. No query."""
    worded = [text for edition in reversed(editions_of(kept.id)) for text in edition.unverified_th]
    known = kept.setting.confirmed if kept.setting else {}
    return tuple(
        Fact(key, text, _confirmation(known.get(key))) for text in dict.fromkeys(worded) for key in [fact_key(text)]
    )


def fact_of(kept: Kept, key: str) -> Fact | None:
    """Give a fact by its key."""
    return next((one for one in facts_of(kept) if one.key == key), None)


def _confirmation(told: dict[str, str] | None) -> Confirmation | None:
    return Confirmation(told["by"], date.fromisoformat(told["on"]), told["source"]) if told else None
