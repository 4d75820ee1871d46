"""The installation's own pages: a list of codes that was taken in, an agency on it that is not made yet."""

from __future__ import annotations

from datetime import date
from typing import Any

HEAD = "จังหวัด,อำเภอ,รหัส อปท.,ประเภท อปท.,อปท.\n"
ROWS = "ลพบุรี,เมืองลพบุรี,05160109,เทศบาลตำบล,บ้านลำธาร\nลพบุรี,เมืองลพบุรี,05160110,เทศบาลตำบล,บ้านเนินหอม\n"
OF_AN_AGENCY = ("agency", "agency_invite", "agency_close", "agency_reopen")


def furnish_directory(code: str) -> dict[str, Any]:
    """Take a list in. code: of the agency that is there."""
    from prongsai.web.directory.scope import Installation  # reason: needs Django
    from prongsai.web.directory.services import code_lists  # reason: needs Django

    nobody = Installation(None)
    text = (HEAD + ROWS).encode()
    taken = [
        code_lists.take_in(nobody, content=text, name=name, source="ทำเนียบสมมติ", as_of=date(2026, 10, 1))
        for name in ("codes.csv", "newer.csv")
    ]
    code_lists.accept(nobody, code_list=taken[0])
    otherwise: dict[str, Any] = {f"directory:{name}": {"code": code} for name in OF_AN_AGENCY}
    otherwise["directory:agency_add"] = {"code": "05160109"}
    otherwise |= {f"directory:code_list{name}": {"pk": taken[1].pk} for name in ("", "_accept", "_drop")}
    return {"otherwise": otherwise, "by": dict.fromkeys(otherwise, "admin")}
