"""Which registers an office keeps: the declared ones, with what the office calls them and whether it uses them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils.translation import get_language

from prongsai.registers.facts import fact_key
from prongsai.registers.load import editions, library, of_year
from prongsai.registers.model import Choice, Field, Move, Register, State
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, RegisterSetting

LEDGER_FED = ("spending-plan", "operation-plan")


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition of a register as an office keeps it. setting: None while the office has changed nothing."""

    register: Register
    setting: RegisterSetting | None = None
    labels: Mapping[str, str] = field(init=False, compare=False)  # field key → the office's own label

    def __post_init__(self) -> None:
        own = self.setting.labels if self.setting else {}
        object.__setattr__(self, "labels", {key: str(label) for key, label in own.items() if label})

    @property
    def id(self) -> str:
        """The register's id."""
        return self.register.id

    @property
    def name(self) -> str:
        """What the office calls it; where it says nothing, as the file does in the language that is read."""
        return self._own_name or as_read(self.register.name_th, self.register.name_en)

    @property
    def name_th(self) -> str:
        """The same for what is kept: Thai, whoever reads."""
        return self._own_name or self.register.name_th

    @property
    def _own_name(self) -> str:
        return self.setting.name if self.setting else ""

    @property
    def form_title(self) -> str:
        """What its form for outsiders is called; files give it no English, so that its name stands in."""
        return as_read(self.register.outside.title_th if self.register.outside else self.name, self.name)

    def label(self, field: Field | str) -> str:
        """Give what the office calls a field; where it says nothing, as the file does in the language that is read."""
        key, found = self._found(field)
        return self.labels.get(key) or (label_of(found) if found else key)

    def label_th(self, field: Field | str) -> str:
        """Give the same for what is kept: Thai, whoever reads."""
        key, found = self._found(field)
        return self.labels.get(key) or (found.label_th if found else key)

    def _found(self, field: Field | str) -> tuple[str, Field | None]:
        return (field, self.register.field_of(field)) if isinstance(field, str) else (field.key, field)

    @property
    def is_open(self) -> bool:
        """Whether the office uses it."""
        return self.setting is None or self.setting.is_open

    @property
    def is_published(self) -> bool:
        """Whether everybody may read its public table."""
        return self.setting is not None and self.setting.is_published

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """The facts of this edition that nobody of the office has confirmed, as they are worded."""
        known = self.setting.confirmed if self.setting else {}
        return tuple(one for one in self.register.unverified_th if fact_key(one) not in known)

    @property
    def takes_spending(self) -> bool:
        """Whether the ledger's export can be brought into its reports."""
        return self.id in LEDGER_FED and self.register.progress is not None

    @property
    def takes_outside(self) -> bool:
        """Whether its form for outsiders is open."""
        return self.setting is not None and self.setting.takes_outside


# --- in the language that is read -----------------------------------------------------------------------------------
def as_read(thai: str, english: str) -> str:
    """Choose between the names of a file: English on English pages, where there is one."""
    return english if english and get_language() == "en" else thai


def label_of(one: Field | Choice | State | Move) -> str:
    """Give a label in the language that is read."""
    return as_read(one.label_th, one.label_en)


def field_as_read(field: Field) -> Field:
    """Give a field whose choices, and those of its columns, are called in the language that is read."""
    if get_language() != "en" or not (field.choices or field.columns):
        return field
    choices = tuple(replace(one, label_th=label_of(one)) for one in field.choices)
    return replace(field, choices=choices, columns=tuple(field_as_read(one) for one in field.columns))


def grouped_as_read(register: Register) -> Register:
    """Give a register whose figures are grouped under labels in the language that is read."""
    if get_language() != "en":
        return register
    states = tuple(replace(one, label_th=label_of(one)) for one in register.states)
    return replace(register, fields=tuple(field_as_read(one) for one in register.fields), states=states)


# --- which there are ------------------------------------------------------------------------------------------------
def kept_of(asks: Scope | Agency, id: str, year_be: int = 0) -> Kept:
    """Give a register as the office keeps it in a fiscal year (BE), 0: now. Raises UnknownRegister. One query."""
    return Kept(of_year(id, year_be, settings.REGISTERS_FOLDER), _setting(asks, id))


def kept_with(asks: Scope | Agency, entry: Entry) -> Kept:
    """Give a register in the edition by which an entry was made. Raises UnknownRegister. One query."""
    return Kept(edition_of(entry.register, entry.since_be), _setting(asks, entry.register))


def edition_of(id: str, since_be: int) -> Register:
    """Give the edition that began in a year; where it is gone, the one that held then. Raises UnknownRegister."""
    found = editions(id, settings.REGISTERS_FOLDER)
    before = [one for one in found if one.since_be <= since_be]
    return before[-1] if before else found[0]


def editions_of(id: str) -> tuple[Register, ...]:
    """Give every edition of a register, the oldest first. Raises UnknownRegister."""
    return editions(id, settings.REGISTERS_FOLDER)


def all_kept(asks: Scope | Agency, year_be: int = 0) -> tuple[Kept, ...]:
    """Give every register once, in the edition of a fiscal year (BE) or the newest; closed ones too. One query."""
    agency = asks.agency if isinstance(asks, Scope) else asks
    own = {one.register: one for one in RegisterSetting.objects.filter(agency=agency).select_related("unit")}
    shown: dict[str, Register] = {}
    for one in library(settings.REGISTERS_FOLDER):
        if not year_be or one.since_be <= year_be:
            shown[one.id] = one  # editions come in the order of their years
    return tuple(Kept(one, own.get(one.id)) for one in shown.values())


def _setting(asks: Scope | Agency, register: str) -> RegisterSetting | None:
    agency = asks.agency if isinstance(asks, Scope) else asks
    return RegisterSetting.objects.filter(agency=agency, register=register).select_related("unit").first()
