"""The letters of the made-up municipality: numbered, written, signed up the chain, sent round, as the office would."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from prongsai.errors import FileUnusable
from prongsai.thai.fiscal import fiscal_year, fiscal_year_be
from prongsai.web.agencies.models import Person, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file
from prongsai.web.handover.services.writing import start_handover
from prongsai.web.letters.models import Circular, Decision, Incoming, Letter, Method, SeriesKind
from prongsai.web.letters.queries.content import OPTIONS
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.queries.readers import readers_of
from prongsai.web.letters.services import chain, circulars, incoming, numbers
from prongsai.web.letters.services.circulation import list_paper
from prongsai.web.letters.services.from_records import office_line
from prongsai.web.letters.services.writing import start_letter
from prongsai.web.operations import demo_letter_texts as texts

Scopes = Mapping[Role, Scope]
OFFICE, FINANCE = "สำนักปลัดเทศบาล", "กองคลัง"
# The registers, each with the last number from before; of a unit with a prefix of its own.
BEFORE = {
    SeriesKind.OUTGOING: 245,
    SeriesKind.CIRCULAR: 17,
    SeriesKind.ORDER: 118,
    SeriesKind.ANNOUNCEMENT: 14,
    SeriesKind.INCOMING: 396,
}
FINANCE_PREFIX, FINANCE_LAST = "ลบ 52701.2", 31
UP = (Role.COORDINATOR, Role.SECRETARY, Role.MAYOR)  # whom a letter of the office passes
UP_FINANCE = (Role.HEAD, Role.SECRETARY, Role.MAYOR)
OPINIONS = {
    Role.COORDINATOR: "เพื่อโปรดพิจารณา",
    Role.HEAD: "ตรวจสอบแล้ว เห็นควรอนุมัติ",
    Role.SECRETARY: "เห็นควรดำเนินการตามเสนอ",
    Role.MAYOR: "อนุมัติ",
}
READ = (Role.MAYOR, Role.SECRETARY, Role.COORDINATOR, Role.CLERK, Role.LEGAL, Role.HEAD)  # who have acknowledged
IN_INK = ("ชูชัย", "วิไล", "เกษม")  # who signed the list: heads of units without an account


def load(scopes: Scopes) -> None:
    """Open the registers and do a bit of everything with letters. scopes: of a person in each role."""
    _registers(scopes[Role.CLERK])
    came = _came_in(scopes[Role.CLERK])
    _memos(scopes, came[0])
    announced = _orders(scopes)
    _send_round(scopes, announced)
    giver, taker = scopes[Role.OFFICER].person, Person.objects.get(agency=scopes[Role.CLERK].agency, given_name="ชูชัย")
    assert giver is not None
    words = {"reason": texts.HANDOVER_REASON, "note": texts.HANDOVER_NOTE}
    day = scopes[Role.OFFICER].today + timedelta(days=7)
    start_handover(scopes[Role.PERSONNEL], giver=giver, taker=taker, effective_on=day, **words)


# --- registers ------------------------------------------------------------------------------------------------------
def _registers(scope: Scope) -> None:
    for kind, last in BEFORE.items():
        prefix = scope.agency.letter_prefix if kind in (SeriesKind.OUTGOING, SeriesKind.CIRCULAR) else ""
        numbers.open_series(scope, kind=kind, unit=None, prefix=prefix, last_before=last)
    unit = _unit(scope, FINANCE)
    numbers.open_series(scope, kind=SeriesKind.OUTGOING, unit=unit, prefix=FINANCE_PREFIX, last_before=FINANCE_LAST)
    orders = numbers.ensure_series(scope, kind=SeriesKind.ORDER)
    kept = numbers.take_number(scope, series=orders, subject="คำสั่งให้พนักงานไปราชการ")
    numbers.take_number(scope, series=orders, subject="คำสั่งเลื่อนขั้นเงินเดือน รอรายละเอียด")
    numbers.cancel_number(scope, number=kept, version=None, reason="ออกเลขซ้ำกับคำสั่งที่รวมไว้แล้ว")


def _came_in(scope: Scope) -> list[Incoming]:
    """Register what came in: one is late, one is done with."""
    made = [_registered(scope, *one) for one in texts.CAME_IN]
    incoming.act_on(scope, incoming=made[2], version=None, handling=texts.HANDLING, done_on=scope.today)
    return made


def _registered(
    scope: Scope, sender: str, letter_no: str, subject: str, unit: str, ago: int, due: int | None, speed: str
) -> Incoming:
    came = timezone.now() - timedelta(days=ago)
    return incoming.register_incoming(
        scope,
        sender=sender,
        addressee=texts.TOP,
        subject=subject,
        received_at=came,
        letter_no=letter_no,
        dated=timezone.localtime(came).date() - timedelta(days=2) if letter_no else None,
        way="post" if letter_no else "hand",
        unit=_unit(scope, unit),
        due_on=None if due is None else scope.today + timedelta(days=due),
        speed=speed,
    )


# --- letters --------------------------------------------------------------------------------------------------------
def _memos(scopes: Scopes, came: Incoming) -> None:
    """Let one be signed by everybody, one wait for the mayor, one come back."""
    memo = _drafted(scopes[Role.SUPPLY], "memo", texts.MEMO_SUBJECT, texts.MEMO, FINANCE)
    _up(scopes, memo, Role.SUPPLY, UP_FINANCE)
    answer = _drafted(scopes[Role.CLERK], "letter", texts.ANSWER_SUBJECT, _answer(came), answers=came)
    _up(scopes, answer, Role.CLERK, UP[:-1])
    back = _drafted(scopes[Role.PUBLISHER], "memo", texts.RETURNED_SUBJECT, texts.RETURNED)
    _up(scopes, back, Role.PUBLISHER, ())
    _sign(scopes[Role.COORDINATOR], back, Decision.RETURN, texts.RETURN_REASON)


def _answer(came: Incoming) -> dict[str, Any]:
    return texts.ANSWER | {"references": [f"หนังสือ{came.sender} ที่ {came.letter_no}"]}


def _orders(scopes: Scopes) -> Letter:
    """Let a committee be appointed, work be given, a policy be announced; give the announcement."""
    clerk = scopes[Role.CLERK]
    end, today = fiscal_year(fiscal_year_be(clerk.today)).end, clerk.today.isoformat()
    rows = [{"name": name, "position": position, "role": role} for name, position, role in texts.APPOINTEES]
    committee = texts.COMMITTEE | {"appointees": rows, "effective": today, OPTIONS: {"until": end.isoformat()}}
    order = _drafted(scopes[Role.ANALYST], "committee-order", texts.COMMITTEE_SUBJECT, committee)
    _up(scopes, order, Role.ANALYST, UP)
    jobs = _drafted(scopes[Role.PERSONNEL], "job-order", texts.JOBS_SUBJECT, texts.JOBS | {"effective": today})
    _up(scopes, jobs, Role.PERSONNEL, UP)
    announced = _drafted(scopes[Role.LEGAL], "announcement", texts.ANNOUNCEMENT_SUBJECT, texts.ANNOUNCEMENT)
    _up(scopes, announced, Role.LEGAL, UP)
    return announced


def _drafted(
    scope: Scope, paper: str, subject: str, content: Mapping[str, Any], unit: str = OFFICE, **links: Any
) -> Letter:
    of = _unit(scope, unit)
    head = {"office": office_line(scope, of)} if paper == "memo" else {}
    return start_letter(scope, paper=paper, subject=subject, content={**head, **content}, unit=of, **links)


def _up(scopes: Scopes, letter: Letter, drafter: Role, way: Sequence[Role]) -> None:
    """Send a letter on its way and let its drafter and those above sign it, the mayor last of all."""
    chain.send(scopes[drafter], letter=letter, version=letter.version)
    _sign(scopes[drafter], letter, Decision.FORWARD, "")
    for role in way:
        _sign(scopes[role], letter, Decision.APPROVE if role == Role.MAYOR else Decision.FORWARD, OPINIONS[role])


def _sign(scope: Scope, letter: Letter, decision: Decision, opinion: str) -> None:
    chain.endorse(
        scope,
        letter=letter,
        version=letter.version,
        decision=decision,
        opinion=opinion,
        method=Method.PASSWORD,
        seen=newest_text(letter).sha256,
    )


# --- circulars ------------------------------------------------------------------------------------------------------
def _send_round(scopes: Scopes, letter: Letter) -> None:
    """Send the announcement round: some have acknowledged it, one has opened it, three signed the list in ink."""
    clerk = scopes[Role.CLERK]
    due = clerk.today + timedelta(days=10)
    made = circulars.add_circular(clerk, letter=letter, message=texts.CIRCULAR, due_on=due)
    made = circulars.send_circular(clerk, circular=made, version=None)
    for role in READ:
        circulars.acknowledge(scopes[role], circular=made)
    circulars.open_circular(scopes[Role.OFFICER], circular=made)
    people = list(Person.objects.filter(agency=clerk.agency, given_name__in=IN_INK))
    sheet = _sheet(clerk, made, clerk.today)
    circulars.enter_sheet(clerk, circular=made, file=sheet, signed_on=clerk.today, n_signed=len(people), people=people)


def _sheet(scope: Scope, circular: Circular, day: date) -> File:
    """Keep the printed list in the place of its scan; in Word where no PDF can be written."""
    readers = readers_of(circular, day)
    try:
        content, kind = list_paper(circular, readers, "pdf", only_missing=True), "pdf"
    except FileUnusable:
        content, kind = list_paper(circular, readers, "docx", only_missing=True), "docx"
    return keep_file(scope, name=f"บัญชีลงชื่อรับทราบ.{kind}", content=content)


def _unit(scope: Scope, name: str) -> Unit:
    return Unit.objects.get(agency=scope.agency, name=name)
