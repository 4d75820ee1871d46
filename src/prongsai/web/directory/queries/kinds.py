"""Kinds of local government: by name, by the first digits of the code, and the units that each has."""

from collections.abc import Mapping

from prongsai.thai.agencies import KINDS, AgencyKind, read_agency
from prongsai.thai.numerals import to_thai
from prongsai.thai.places import province
from prongsai.thai.text import collapse
from prongsai.thai.units import standard_units
from prongsai.web.agencies.models import AgencyKind as Kind
from prongsai.web.agencies.models import UnitKind

SECRETARIAT = "สำนักปลัดเทศบาล"
# Those that nearly every office has; ticked from the start.
USUAL_UNITS = (SECRETARIAT, "กองคลัง", "กองช่าง", "กองการศึกษา", "กองสาธารณสุขและสิ่งแวดล้อม", "หน่วยตรวจสอบภายใน")
UNIT_KINDS: Mapping[str, UnitKind] = {
    "สำนัก": UnitKind.OFFICE,
    "กอง": UnitKind.DIVISION,
    "หน่วย": UnitKind.SPECIAL,
}
_SECRETARIATS = {Kind.TAO: "สำนักปลัดองค์การบริหารส่วนตำบล", Kind.PROVINCE: "สำนักปลัดองค์การบริหารส่วนจังหวัด"}
_ORDER = (Kind.SPECIAL, Kind.PROVINCE, Kind.CITY, Kind.TOWN, Kind.SUBDISTRICT, Kind.TAO)
_KINDS = dict(zip(KINDS, _ORDER, strict=True))
_FULL = {kind: known for known, kind in _KINDS.items()}
_BY_DIGITS = {known.code: kind for known, kind in _KINDS.items()}
# The first digits of a unit's code in letters, where custom has settled them.
_LETTER_DIGITS = {Kind.PROVINCE: "51", Kind.CITY: "52", Kind.TOWN: "52", Kind.SUBDISTRICT: "52"}


def kind_of(name: str) -> Kind | None:
    """Guess the kind of an agency from its full name; None when the name does not say."""
    found = read_agency(name)
    if found:
        return _KINDS[found.kind]
    return next((_KINDS[kind] for kind in KINDS if kind.name and _opens(name, kind)), None)


def kind_of_code(code: str) -> Kind | None:
    """Tell the kind by the first two digits of an eight-digit code."""
    return _BY_DIGITS.get(code[:2])


def kind_named(text: str) -> Kind | None:
    """Tell the kind by its own name alone: ``เทศบาลตำบล``, ``ทต.``, ``อบต``; None for what is none."""
    bare = collapse(text).replace(" ", "").rstrip(".")
    return next((_KINDS[one] for one in KINDS if bare in (one.name, one.short.rstrip(".")) and bare), None)


def full_name(name: str, kind: Kind | None) -> str:
    """Give a name with its kind in full: ``ทต.บ้านสวน`` and ``บ้านสวน`` become ``เทศบาลตำบลบ้านสวน``."""
    bare = collapse(name)
    known = _FULL.get(kind) if kind else None
    if found := read_agency(bare):
        return found.text
    if known is None or _opens(bare, known) or kind_of(bare):
        return bare
    if known.short and bare.startswith(known.short):
        bare = bare.removeprefix(known.short).strip()
    return known.name + bare


def _opens(name: str, kind: AgencyKind) -> bool:
    return name.strip().startswith(kind.name) and len(name.strip()) > len(kind.name)


def units_offered() -> tuple[str, ...]:
    """Give the standard units of the highest levels, by name."""
    others = set(_SECRETARIATS.values())  # stand for SECRETARIAT in their kinds of agency
    return tuple(unit.name for unit in standard_units() if unit.kind in UNIT_KINDS and unit.name not in others)


def unit_name(offered: str, kind: Kind) -> str:
    """Give what a standard unit is called in a kind of agency."""
    return _SECRETARIATS.get(kind, offered) if offered == SECRETARIAT else offered


def prefix_begins(kind: Kind | None, province_name: str) -> str:
    """Say how the letters and code of official letters begin, as far as is known: ``ลบ ๕๒``; empty for no province."""
    found = province(province_name) if province_name else None
    return f"{found.letters} {to_thai(_LETTER_DIGITS.get(kind, ''))}".strip() if found and kind else ""
