"""What the furnished demonstration adds to letters: a draft with everything, a secret one, handovers in every state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

MEMO = {
    "office": "สำนักปลัดเทศบาล เทศบาลตำบลบ้านสวนพลู",
    "to": "นายกเทศมนตรี",
    "body": ["๑. เรื่องเดิม", "ด้วยสำนักปลัดเทศบาลได้สำรวจครุภัณฑ์แล้ว", "๒. ข้อพิจารณา", "จึงขอรายงานผลการสำรวจ"],
    "closing": "โปรดพิจารณา",
}
# Papers whose forms are looked at besides that of the memo, and states of a letter's page besides the draft.
PAPERS = ("letter", "announcement", "order", "committee-order", "job-order")


def furnish_letters(scopes: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Do a bit of work with letters; a name for each thing, the words of addresses, and pages that are looked at twice."""
    found = _letters(scopes["coordinator"], made) | _registers(scopes["coordinator"], made)
    found |= _circular(scopes["coordinator"]) | _handovers(scopes)
    return found | {"otherwise": _words(found), "more_words": _more(found), "extras": _extras(found)}


def _letters(scope: Any, made: dict[str, Any]) -> dict[str, Any]:
    from prongsai.web.letters.models import Letter  # reason: needs Django
    from prongsai.web.letters.services import writing  # reason: as above

    letters = Letter.objects.filter(agency=scope.agency)
    draft = writing.start_letter(
        scope, paper="memo", subject="รายงานผลการสำรวจครุภัณฑ์", content=MEMO, unit=made["unit"], speed="ด่วน"
    )
    attachment = writing.attach(scope, letter=draft, version=None, file=made["file"], title="บัญชีครุภัณฑ์")

    secret = writing.start_letter(scope, paper="memo", subject="สอบข้อเท็จจริง", content=MEMO, secrecy="ลับ")
    return {
        "letter": draft,
        "attachment": attachment,
        "delivery": draft.deliveries.order_by("pk")[0],
        "secret_letter": secret,
        "signed_letter": letters.get(paper="announcement"),
        "waiting": letters.get(state="in_chain"),
        "returned": letters.get(state="returned"),
        "order": letters.get(paper="committee-order"),
    }


def _registers(scope: Any, made: dict[str, Any]) -> dict[str, Any]:
    from prongsai.web.letters.models import Incoming, Number  # reason: needs Django
    from prongsai.web.letters.services import incoming  # reason: as above

    number = Number.objects.filter(series__agency=scope.agency, state="reserved").order_by("pk")[0]
    came = Incoming.objects.filter(agency=scope.agency, done_on=None, due_on__lt=scope.today)[0]
    words = {"handling": "กองคลังกำลังรวบรวม", "done_on": None, "files": [made["file"]]}
    return {
        "number": number,
        "series": number.series,
        "incoming": incoming.act_on(scope, incoming=came, version=None, **words),
    }


def _circular(scope: Any) -> dict[str, Any]:
    from prongsai.web.letters.models import Circular  # reason: needs Django
    from prongsai.web.letters.services import circulars  # reason: as above

    sent = Circular.objects.get(agency=scope.agency)
    draft = circulars.add_circular(scope, title="แจ้งวันหยุดชดเชย", message="สำนักงานปิดทำการวันจันทร์")
    return {"circular": sent, "sheet": sent.sheets.get(), "circular_draft": draft}


def _handovers(scopes: dict[str, Any]) -> dict[str, Any]:
    """One in the making, one closed to be signed in ink, one that its giver signed."""
    from prongsai.web.handover.models import Handover  # reason: needs Django
    from prongsai.web.handover.queries.gathering import chosen, live_rows  # reason: as above
    from prongsai.web.handover.services import signing, writing  # reason: as above
    from prongsai.web.letters.models import Method  # reason: as above

    keeper, giver, clerk = scopes["personnel"], scopes["supply"], scopes["clerk"]
    words = {"reason": "ย้ายไปปฏิบัติหน้าที่กองการศึกษา", "effective_on": keeper.today + timedelta(days=3)}
    closed = writing.start_handover(keeper, giver=scopes["legal"].person, taker=clerk.person, **words)
    given = writing.start_handover(giver, giver=giver.person, taker=clerk.person, **words)
    seen = writing.hash_of(given, chosen(given, live_rows(given, giver.today)))
    return {
        "handover": Handover.objects.filter(agency=keeper.agency).order_by("pk")[0],
        "handover_closed": writing.freeze(keeper, handover=closed, version=None) or closed,
        "handover_given": signing.give(giver, handover=given, version=None, seen=seen, method=Method.PASSWORD),
    }


def _words(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give, by route, the words of an address that stand for something else elsewhere, and the thing it is about."""
    waiting, draft = {"pk": found["waiting"].pk}, {"pk": found["circular_draft"].pk}
    return {
        "letters:sign": waiting,
        "letters:scan": waiting,
        "letters:circular_edit": draft,
        "letters:circular_file": {"file": found["signed_letter"].pdf_id},
        "letters:letter_add": {"paper": "memo"},
        "letters:letter_paper": {"form": "docx"},
        "letters:receipts_paper": {"form": "docx"},
        "handover:handover_paper": {"form": "docx"},
    }


def _more(found: dict[str, Any]) -> dict[str, Any]:
    names = ("attachment", "delivery", "sheet")
    return {"text": 1, "code": found["signed_letter"].code} | {name: found[name].pk for name in names}


def _extras(found: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Give pages of a route that has one already: a name for each, the route and its words."""
    states = ("waiting", "returned", "signed_letter", "secret_letter", "order")
    letters = {f"letters:letter {name}": ("letters:letter", {"pk": found[name].pk}) for name in states}
    forms = {f"letters:letter_add {paper}": ("letters:letter_add", {"paper": paper}) for paper in PAPERS}
    closed = {"handover:handover closed": ("handover:handover", {"pk": found["handover_closed"].pk})}
    given = {"handover:handover given": ("handover:handover", {"pk": found["handover_given"].pk})}
    draft = {"letters:circular draft": ("letters:circular", {"pk": found["circular_draft"].pk})}
    return letters | forms | closed | given | draft
