"""The order that appoints a committee: who sits in it as what, what it does, from when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.orders import HEAD, LEGAL_BASES, TAIL, years
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Listed, Says, Values
from prongsai.reports.forms.signing import Signed
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import Declared, Kind
from prongsai.thai.names import name_key, split_people
from prongsai.thai.numerals import read_ordinal

NAME = "committee-order"
TITLE_TH = "คำสั่งแต่งตั้งคณะกรรมการ"


class Role(StrEnum):
    """What a person is in a committee."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    SECRETARY = "secretary"
    ASSISTANT = "assistant"


ROLES = {
    Role.CHAIR: "ประธานกรรมการ",
    Role.VICE_CHAIR: "รองประธานกรรมการ",
    Role.MEMBER: "กรรมการ",
    Role.SECRETARY: "กรรมการและเลขานุการ",
    Role.ASSISTANT: "กรรมการและผู้ช่วยเลขานุการ",
}
ALSO = {
    "ประธาน": Role.CHAIR,
    "ประธานคณะทำงาน": Role.CHAIR,
    "รองประธาน": Role.VICE_CHAIR,
    "รองประธานคณะทำงาน": Role.VICE_CHAIR,
    "คณะทำงาน": Role.MEMBER,
    "ผู้ทำงาน": Role.MEMBER,
    "เลขานุการ": Role.SECRETARY,
    "คณะทำงานและเลขานุการ": Role.SECRETARY,
    "ผู้ทำงานและเลขานุการ": Role.SECRETARY,
    "ผู้ช่วยเลขานุการ": Role.ASSISTANT,
    "คณะทำงานและผู้ช่วยเลขานุการ": Role.ASSISTANT,
    "ผู้ทำงานและผู้ช่วยเลขานุการ": Role.ASSISTANT,
}


@dataclass(frozen=True, slots=True)
class Appointee:
    """A person of the committee."""

    name: str
    position: str
    role: Role


@dataclass(frozen=True, slots=True)
class CommitteeOrder:
    """An order. number: None until the register gives one. year_be: calendar year of the number.

    reasons: paragraphs before the legal bases. supersedes: the order that it takes the place of, as cited.
    """

    agency: str
    number: int | None
    year_be: int
    subject: str
    reasons: tuple[str, ...]
    legal_bases: tuple[str, ...]
    body: str
    appointees: tuple[Appointee, ...]
    duties: tuple[str, ...]
    supersedes: str
    effective: date | None
    ordered_on: date | None
    signer: Signed


APPOINTEES = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("name", Kind.PERSON, heads=("ชื่อ - สกุล", "ชื่อ-นามสกุล", "รายชื่อ"), width=5),
        Column("position", heads=("ตำแหน่ง", "ตำแหน่งในสังกัด"), width=5),
        Column(
            "role", Kind.CHOICE, choices=ROLES, also=ALSO, width=4,
            heads=("ตำแหน่งในคณะกรรมการ", "ตำแหน่งในคณะทำงาน", "หน้าที่ในคณะ"),
        ),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Appointed(Rows):
    """The people of the committee: a table, or lines ``๑. นาย… ตำแหน่ง ประธานกรรมการ`` as others print them."""

    def read(self, stream: Stream, me: int) -> Values:
        """Read the table, or else the lines that name a person and end in a role."""
        found = [pair for at, line in stream.lines() if (pair := (at, _person(line.text)))[1]]
        if not found or any(self.every.find_head(table) for _, table in stream.tables()):
            return super().read(stream, me)
        for at, _ in found:
            stream.take(at, me)
        return {self.field: tuple(person for _, person in found if person)}


def _person(text: str) -> Appointee | None:
    people = split_people(text) if read_ordinal(text.split(maxsplit=1)[0]) is not None else []
    if len(people) != 1:
        return None
    labels = [*((label, role) for role, label in ROLES.items()), *ALSO.items()]
    rest = people[0].position
    ending = max((pair for pair in labels if rest.endswith(pair[0])), key=lambda pair: len(pair[0]), default=None)
    if ending is None:
        return None
    return Appointee(people[0].name.raw, rest.removesuffix(ending[0]).strip(), ending[1])


def _check(order: CommitteeOrder) -> Sequence[Problem]:
    return [*_chairs(order), *_twice(order), *years(order)]


def _chairs(order: CommitteeOrder) -> list[Problem]:
    chairs = sum(1 for each in order.appointees if each.role is Role.CHAIR)
    if chairs == 1:
        return []
    return [
        finding(
            "ORDER_CHAIRS", Severity.ERROR, f"the committee has {chairs} chairs; it needs one",
            f"คณะกรรมการมีประธาน {chairs} คน ต้องมี 1 คน", mend_th="แก้ตำแหน่งในคณะกรรมการ",
        )
    ]  # fmt: skip


def _twice(order: CommitteeOrder) -> list[Problem]:
    keys = [name_key(each.name) for each in order.appointees]
    twice = [each.name for at, each in enumerate(order.appointees) if keys[at] in keys[:at]]
    return [
        finding("ORDER_PERSON_TWICE", Severity.ERROR, f"{name} is appointed twice", f"แต่งตั้ง {name} ซ้ำ",
                mend_th="ตัดชื่อที่ซ้ำออก")
        for name in twice
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    CommitteeOrder,
    (
        *HEAD,
        Says(
            "อาศัยอำนาจตามความใน{legal_bases} จึงแต่งตั้ง{body} ประกอบด้วยบุคคลดังต่อไปนี้",
            (
                LEGAL_BASES,
                Declared("body", name="ชื่อคณะกรรมการ"),
            ),
            accepts=(
                "อาศัยอำนาจตาม{legal_bases}จึงแต่งตั้ง{body}ดังต่อไปนี้",
                "อาศัยอำนาจตาม{legal_bases}จึงแต่งตั้ง{body}ดังนี้",
                "อาศัยอำนาจตาม{legal_bases}จึงแต่งตั้ง{body}",
            ),
        ),
        Appointed("appointees", Appointee, (APPOINTEES,), needed=True),
        Listed(
            "ให้คณะกรรมการมีหน้าที่และอำนาจ ดังนี้",
            Declared("duties", Kind.LIST, "หน้าที่และอำนาจ"),
            accepts=("โดยมีหน้าที่ ดังนี้", "มีหน้าที่ดังต่อไปนี้", "ให้คณะทำงานมีหน้าที่และอำนาจ ดังนี้"),
        ),
        *TAIL,
    ),
    title=lambda order: f"{TITLE_TH} {order.subject}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
