"""What an outsider may see of the own case, by its tracking code; nothing else leads to it."""

import hashlib
from dataclasses import dataclass
from datetime import date

from prongsai.registers.model import Register
from prongsai.registers.values import from_json
from prongsai.thai.numerals import to_arabic
from prongsai.web.agencies.models import Agency
from prongsai.web.registers.models import Entry, OutsideCase
from prongsai.web.registers.queries.library import Kept, all_kept, kept_with, label_of
from prongsai.web.registers.queries.showing import printed

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that may be taken for another
CODE_LENGTH = 16  # 78 bits
INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Tracked:
    """A case as its sender sees it. answer: labels and words of what the office answered; told: notes, oldest first.

    may_reply: the office waits for something, and a reply goes on with the case.
    """

    kept: Kept
    entry: Entry
    case: OutsideCase
    state: str
    is_final: bool
    answer: tuple[tuple[str, str], ...]
    told: tuple[tuple[date, str, str], ...]
    may_reply: bool


def normal_code(text: str) -> str:
    """Give a tracking code as it is hashed: capitals and Arabic digits only."""
    return "".join(each for each in to_arabic(text).upper() if each.isascii() and each.isalnum())


def code_hash(code: str) -> str:
    """Hash a tracking code, which is kept nowhere."""
    return hashlib.sha256(f"tracking:{normal_code(code)}".encode()).hexdigest()


def shown_code(code: str) -> str:
    """Give a code in groups of four, as people copy it."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def open_forms(agency: Agency) -> tuple[Kept, ...]:
    """Give the registers whose form for outsiders is open."""
    return tuple(one for one in all_kept(agency) if one.is_open and one.takes_outside and one.register.outside)


def tracked(agency: Agency, code: str) -> Tracked | None:
    """Give the case of a tracking code; None for a code that opens nothing."""
    found = OutsideCase.objects.filter(entry__agency=agency, code_sha256=code_hash(code))
    case = found.select_related("entry__unit").first()
    if case is None:
        return None
    entry, kept = case.entry, kept_with(agency, case.entry)
    state = kept.register.state_of(entry.state) or kept.register.first_state
    return Tracked(
        kept,
        entry,
        case,
        label_of(state),
        state.is_final,
        _answers(kept, entry),
        _told(kept.register, entry),
        entry.state == INCOMPLETE and reply_move(kept.register, entry) is not None,
    )


def reply_move(register: Register, entry: Entry) -> str | None:
    """Name the move by which a reply goes on with a case that waits for its sender; None when there is none."""
    back = (one for one in register.moves if entry.state in one.sources and one.to == register.first_state.key)
    return next((one.key for one in back if not register.fields_at(one.key)), None)


def _answers(kept: Kept, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Give what the office answered, and while it waits what it asked for."""
    register = kept.register
    values = from_json(register.fields, entry.values)
    asked = {one.key for one in register.moves if one.to == INCOMPLETE == entry.state}
    keys = [register.outside.answer] if register.outside and register.outside.answer else []
    keys += [one.key for one in register.fields if one.at and one.at in asked]
    fields = [one for key in keys if (one := register.field_of(key)) and values.get(key)]
    return tuple((kept.label(one), printed(register, one, values[one.key])) for one in fields)


def _told(register: Register, entry: Entry) -> tuple[tuple[date, str, str], ...]:
    lines = []
    for made in entry.moves.filter(is_told=True):
        move = register.move_of(made.move)
        lines.append((made.on, label_of(move) if move else "", made.note))
    return tuple(lines)
