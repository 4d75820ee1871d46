"""What the command line asks of the installation: the same services as its pages, in the name of the software."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.urls import reverse

from prongsai.errors import ProngsaiError
from prongsai.thai.agencies import read_agency_code
from prongsai.web.agencies.models import Agency
from prongsai.web.directory.forms.agency import POST
from prongsai.web.directory.models import Listed
from prongsai.web.directory.queries import installation
from prongsai.web.directory.queries.code_lists import Row, rows_of
from prongsai.web.directory.queries.found import listed_of
from prongsai.web.directory.queries.kinds import USUAL_UNITS
from prongsai.web.directory.queries.many import wishes_of
from prongsai.web.directory.scope import Installation
from prongsai.web.directory.services import code_lists
from prongsai.web.directory.services.making import Made, make_agency
from prongsai.web.directory.services.many import Outcome, agency_from, make_all
from prongsai.web.directory.services.operators import OperatorInvited, invite_operator
from prongsai.web.disclosure.queries.addresses import app_origin

NEAR = "http://127.0.0.1:8000"  # where nobody has said how the platform is reached
_SOFTWARE = Installation()


@dataclass(frozen=True, slots=True)
class Taken:
    """A list of codes that was looked at, and what accepting it does or did."""

    rows: list[Row]
    change: code_lists.Change


def agencies(text: str) -> list[Agency]:
    """Give the agencies with their technical state, by parts of name or code."""
    return list(installation.with_state(installation.agencies(text)))


def take_list(*, content: bytes, name: str, source: str, as_of: date, is_accepted: bool) -> Taken:
    """Look at a published list of codes; let it take the place of the one before if asked to. Raises ProngsaiError."""
    made = code_lists.take_in(_SOFTWARE, content=content, name=name, source=source, as_of=as_of)
    rows = rows_of(made)
    change = code_lists.change_of(rows)
    if not is_accepted:
        code_lists.drop(_SOFTWARE, code_list=made)
        return Taken(rows, change)
    with _in_one_line():
        return Taken(rows, code_lists.accept(_SOFTWARE, code_list=made))


def add(*, code: str, person: str, post: str, email: str) -> Made:
    """Make an agency of the list of codes, with the units that its kind usually has. Raises ProngsaiError."""
    listed = _listed(code)
    given = {"person": person, "post": post, "email": email, "units": USUAL_UNITS, "link": _invitation}
    with _in_one_line():
        return make_agency(_SOFTWARE, agency=agency_from(listed), **given)  # type: ignore[arg-type]


def add_many(*, content: bytes, name: str) -> list[Outcome]:
    """Make every agency of a table that can be made. Raises FileUnusable."""
    return list(make_all(_SOFTWARE, wishes=wishes_of(content, name, post=POST), link=_invitation))


def invite(name: str) -> OperatorInvited:
    """Invite somebody to run the installation. Raises ProngsaiError."""
    with _in_one_line():
        return invite_operator(
            _SOFTWARE, name=name, link=lambda token: _address("directory:operator_invitation", token)
        )


def _listed(code: str) -> Listed:
    read = read_agency_code(code)
    found = listed_of(read.text) if read else None
    if found is None:
        raise ProngsaiError(
            f"no such code: {code}",
            message_th=f"ไม่มีรหัส {code} ในบัญชีรหัส อปท.",
            mend_th="นำเข้าบัญชีด้วย prongsai agencies import หรือเพิ่มด้วยการกรอกเองที่หน้า /installation/",
        )
    return found


@contextmanager
def _in_one_line() -> Iterator[None]:
    """Say in one line what a form would say beside its fields. Raises ProngsaiError."""
    try:
        yield
    except ValidationError as mistake:
        raise ProngsaiError("refused", message_th=" / ".join(mistake.messages), mend_th="แก้แล้วสั่งใหม่") from mistake


def _invitation(token: str) -> str:
    return _address("invitation", token)


def _address(route: str, token: str) -> str:
    """Give where a token is taken: at the first of ``PRONGSAI_ORIGINS``, else as this machine sees itself."""
    return f"{app_origin() or NEAR}{reverse(route, args=[token])}"
