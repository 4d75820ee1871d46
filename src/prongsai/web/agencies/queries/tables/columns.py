"""The columns of each kind of table: what they are called, what stands in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from prongsai.thai.text import fold


class Kind(TextChoices):
    """What the rows of a table are."""

    UNITS = "units", _("ส่วนราชการ")
    PEOPLE = "people", _("บุคลากร")
    POSTS = "posts", _("ตำแหน่ง")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. heads: what its head may say, the one of the template first. examples: one for each example row."""

    key: str
    heads: tuple[str, ...]
    examples: tuple[str, str]
    is_needed: bool = False
    hint: object = ""

    @property
    def head(self) -> str:
        """The head in the template."""
        return self.heads[0]


_DATE = _("เช่น 1/10/2563, ๑ ต.ค. ๒๕๖๓ หรือ 2020-10-01")
_UNIT = Column(
    "unit",
    ("ส่วนราชการ", "สังกัด", "หน่วยงาน", "กอง/สำนัก", "สำนัก/กอง", "กอง", "ฝ่าย/งาน"),
    ("กองคลัง", "สำนักปลัดเทศบาล"),
    hint=_("ชื่อเต็มหรือชื่อที่เรียกในเอกสาร ต้องมีในระบบแล้ว"),
)
COLUMNS: Mapping[Kind, tuple[Column, ...]] = {
    Kind.UNITS: (
        Column("name", ("ชื่อส่วนราชการ", "ส่วนราชการ", "ชื่อหน่วยงาน", "ชื่อ"), ("กองคลัง", "ฝ่ายบริหารงานคลัง"), True),
        Column(
            "kind",
            ("ระดับ", "ประเภท"),
            ("กอง", "ฝ่าย"),
            hint=_("สำนัก กอง ฝ่าย งาน หรือหน่วย เว้นว่างให้ดูจากคำขึ้นต้นของชื่อ"),
        ),
        Column("parent", ("สังกัด", "อยู่ใต้", "หน่วยเหนือ", "ต้นสังกัด"), ("", "กองคลัง"), hint=_("เว้นว่างถ้าขึ้นตรงต่อหน่วยงาน")),
        Column(
            "aliases",
            ("ชื่อที่เรียกในเอกสาร", "ชื่ออื่น", "ชื่อย่อ", "ชื่อเรียกอื่น"),
            ("ส่วนการคลัง, กองการคลัง", ""),
            hint=_("หลายชื่อคั่นด้วยจุลภาค"),
        ),
        Column("phone", ("โทรศัพท์", "เบอร์โทรศัพท์", "โทร", "เบอร์โทร"), ("0-3642-0000 ต่อ 21", "")),
        Column("valid_from", ("ตั้งแต่วันที่", "จัดตั้งวันที่", "เริ่มวันที่"), ("1/10/2563", ""), hint=_DATE),
        Column("valid_to", ("ถึงวันที่", "ยุบวันที่", "สิ้นสุดวันที่"), ("", ""), hint=_("ใส่เมื่อยุบแล้ว")),
    ),
    Kind.PEOPLE: (
        Column("prefix", ("คำนำหน้า", "คำนำหน้าชื่อ", "ยศ/คำนำหน้า", "คำนำหน้านาม"), ("นางสาว", "นาย")),
        Column(
            "given_name",
            ("ชื่อ", "ชื่อ-สกุล", "ชื่อ-นามสกุล", "ชื่อ สกุล", "ชื่อ นามสกุล", "ชื่อและสกุล", "ชื่อและนามสกุล", "ชื่อตัว", "ชื่อสกุล"),
            ("ดวงใจ", "เกษม"),
            True,
            _("ชื่ออย่างเดียว หรือทั้งคำนำหน้า ชื่อ และสกุลในช่องเดียวก็ได้"),
        ),
        Column("family_name", ("นามสกุล", "สกุล", "ชื่อสกุล"), ("แสนดี", "สุขสันต์")),
        Column(
            "employment",
            ("ประเภทบุคลากร", "ประเภท", "ประเภทพนักงาน"),
            ("พนักงานเทศบาล", "พนักงานจ้างทั่วไป"),
            hint=_("ฝ่ายการเมือง พนักงานเทศบาล พนักงานครูเทศบาล ลูกจ้างประจำ พนักงานจ้างตามภารกิจ พนักงานจ้างทั่วไป หรือบุคคลภายนอก"),
        ),
        _UNIT,
        Column("post", ("ตำแหน่ง", "ชื่อตำแหน่ง"), ("เจ้าพนักงานการเงินและบัญชี", "คนงาน"), hint=_("ไม่มีในระบบจะเพิ่มให้")),
        Column(
            "valid_from",
            ("ดำรงตำแหน่งตั้งแต่วันที่", "ดำรงตำแหน่งตั้งแต่", "วันที่ดำรงตำแหน่ง", "ตั้งแต่วันที่"),
            ("1/10/2566", ""),
            hint=_DATE,
        ),
        Column("valid_to", ("ดำรงตำแหน่งถึงวันที่", "ดำรงตำแหน่งถึง", "ถึงวันที่"), ("", "")),
        Column("joined_on", ("เริ่มงานวันที่", "วันที่เริ่มงาน", "วันบรรจุ", "วันที่บรรจุ", "วันเริ่มงาน"), ("1/10/2563", "2/1/2568")),
        Column("left_on", ("ปฏิบัติงานวันสุดท้าย", "พ้นจากงานวันที่", "วันที่พ้นจากงาน", "วันที่ออก", "วันสุดท้าย"), ("", "")),
        Column("phone", ("โทรศัพท์", "เบอร์โทรศัพท์", "โทร", "เบอร์โทร", "มือถือ"), ("", "")),
        Column("email", ("อีเมล", "email", "e-mail"), ("", "")),
    ),
    Kind.POSTS: (
        Column("title", ("ชื่อตำแหน่ง", "ตำแหน่ง"), ("ผู้อำนวยการกองคลัง", "นายกเทศมนตรี"), True),
        Column("unit", _UNIT.heads, ("กองคลัง", ""), hint=_("เว้นว่างถ้าเป็นตำแหน่งของทั้งหน่วยงาน เช่น นายกเทศมนตรี ปลัดเทศบาล")),
        Column(
            "number",
            ("เลขที่ตำแหน่ง", "เลขตำแหน่ง", "เลขที่"),
            ("16-2-04-2102-001", ""),
            hint=_("ต้องมีเมื่อส่วนราชการเดียวมีตำแหน่งชื่อเดียวกันหลายตำแหน่ง"),
        ),
        Column("side", ("ฝ่าย", "ฝ่ายการเมือง/ฝ่ายประจำ"), ("ฝ่ายประจำ", "ฝ่ายการเมือง"), hint=_("เว้นว่าง = ฝ่ายประจำ")),
        Column("is_head", ("เป็นหัวหน้าส่วนราชการ", "หัวหน้าส่วนราชการ", "หัวหน้า"), ("ใช่", ""), hint=_("ใช่ หรือเว้นว่าง")),
        Column("duties", ("หน้าที่", "หน้าที่ความรับผิดชอบ"), ("ควบคุมการเงินและการคลัง", "")),
        Column("valid_from", ("ตั้งแต่วันที่", "มีตำแหน่งตั้งแต่วันที่"), ("1/10/2563", ""), hint=_DATE),
        Column("valid_to", ("ถึงวันที่", "ยุบวันที่", "ยุบเลิกวันที่"), ("", ""), hint=_("ใส่เมื่อยุบแล้ว")),
    ),
}
KINDS = tuple(Kind)
# Columns of lists that say nothing to keep.
_COUNTING = frozenset({"ลำดับ", "ลำดับที่", "ที่", "no", "no.", "ข้อ"})
_ASIDE = re.compile(r"\([^)]*\)|\*")


def columns_of(kind: Kind, head: Sequence[str]) -> dict[str, int]:
    """Give at which place of a head row each column stands, by key; the first of two alike counts."""
    names = {fold(name): column.key for column in reversed(COLUMNS[kind]) for name in reversed(column.heads)}
    # ชื่อสกุล beside ชื่อ is the family name; alone it is the whole name.
    has_given = any(_bare(text) == fold("ชื่อ") for text in head)
    if kind is Kind.PEOPLE and has_given:
        names[fold("ชื่อสกุล")] = "family_name"
    found: dict[str, int] = {}
    for place, text in enumerate(head):
        key = names.get(_bare(text))
        if key is not None:
            found.setdefault(key, place)
    return found


def unused_heads(kind: Kind, head: Sequence[str]) -> tuple[str, ...]:
    """Give the heads that no column is known by."""
    used = set(columns_of(kind, head).values())
    return tuple(
        text for place, text in enumerate(head) if place not in used and _bare(text) and _bare(text) not in _COUNTING
    )


def has_needed(kind: Kind, found: Mapping[str, int]) -> bool:
    """Whether every column is there that a row cannot do without."""
    return all(column.key in found for column in COLUMNS[kind] if column.is_needed)


def _bare(text: str) -> str:
    return fold(_ASIDE.sub("", text)).strip(":")
