"""Declarations of integrity: signed by who is the top executive and still is; a change of executive re-opens them."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Ref, Register, Values
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.queries import top_executives
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted, id_of, listed
from prongsai.web.registers.rules._signer import present_executive, signer_faults, year_faults


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a signer who was not the top executive on the day or, in this fiscal year, is so no longer."""
    yield from year_faults(values)
    found = list(signer_faults(scope, values))
    yield from found
    signer, signed_on = values.get("signer"), values.get("signed_on")
    if found or not (isinstance(signer, Ref) and isinstance(signed_on, date)) or _stands(entry, signer):
        return
    if fiscal_year_be(signed_on) == fiscal_year_be(scope.today) and not _is_in_office(scope, signer.id):
        told = _("{signer}พ้นจากตำแหน่งผู้บริหารสูงสุดแล้ว").format(signer=signer.text)
        yield Fault("signer", "NO_LONGER", told, _("ผู้บริหารสูงสุดคนปัจจุบันต้องลงนามประกาศใหม่"))


def _stands(entry: Entry | None, signer: Ref) -> bool:
    """Whether an entry has been signed so already: it stays as it was, and is ended."""
    return entry is not None and (entry.values.get("signer") or {}).get("id") == signer.id


def _is_in_office(scope: Scope, person: int | None) -> bool:
    return any(one.person_id == person for one in top_executives(scope.agency, scope.today))


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Refuse to publish this year's declaration of who has left office."""
    if move.key != "publish" or entry.fiscal_year_be != fiscal_year_be(scope.today):
        return ""
    signer = (entry.values.get("signer") or {}).get("id")
    return "" if _is_in_office(scope, signer) else _("ผู้ลงนามพ้นจากตำแหน่งผู้บริหารสูงสุดแล้ว ให้กด “สิ้นผล” แล้วประกาศใหม่")


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Say when the present top executive has not declared, as after a change, and which declarations are over."""
    now = present_executive(scope, year)
    if now is None:
        return
    rows = list(counted(scope, register, year))
    if all(id_of(values.get("signer")) != now.person_id for _entry, values in rows):
        told = _("ผู้บริหารสูงสุดปัจจุบันคือ {name} ยังไม่ได้ลงนามประกาศเจตจำนงสุจริตของปี {year}")
        yield Notice(to_thai(told.format(name=now.person, year=year)), is_blocking=True)
    over = [entry.title for entry, values in rows if not _is_in_office(scope, id_of(values.get("signer")))]
    if over:
        yield Notice(_("ผู้ลงนามพ้นจากตำแหน่งแล้ว ให้กด “สิ้นผล”: {titles}").format(titles=listed(over)), is_blocking=True)
