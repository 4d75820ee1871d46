"""The forms in which orders are written: to everybody, to a committee, of work."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.reports.forms.committee_order import ROLES, Role
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Committee, Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.forms.fields import LinesField, PersonField, Staff
from prongsai.web.letters.forms.letters import HeadForm, lacking
from prongsai.web.letters.queries.content import OPTIONS
from prongsai.web.ui.forms import ThaiDateField, posted_number

ROWS_MORE, ROWS_MAX = 3, 120
POWERS = "มาตรา ๔๘ เตรส แห่งพระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖ และที่แก้ไขเพิ่มเติม"


class RowForm(forms.Form):
    """Somebody whom an order names."""

    person = PersonField(label=_("ชื่อ"), required=False)
    position = forms.CharField(
        label=_("ตำแหน่ง"), required=False, max_length=200, widget=forms.TextInput(attrs={"placeholder": _("ตามทะเบียน")})
    )

    def __init__(self, staff: Staff, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.staff = self.staff = staff

    def clean(self) -> dict[str, Any]:
        """Fill in the post of who has one in the register."""
        given = super().clean() or self.cleaned_data
        person = given.get("person")
        if isinstance(person, Person) and not given.get("position"):
            given["position"] = self.staff.posts.get(person.pk, "")
            if not given["position"]:
                self.add_error("position", _("ไม่พบตำแหน่งในทะเบียน ใส่ตำแหน่งที่จะพิมพ์"))
        return given


class AppointeeRow(RowForm):
    """A member of a committee."""

    role = forms.ChoiceField(
        label=_("หน้าที่ในคณะ"), choices=[(role.value, ROLES[role]) for role in Role], initial=Role.MEMBER.value
    )


class AssigneeRow(RowForm):
    """An officer and what they are to do."""

    duties = LinesField(label=_("งานที่มอบหมาย (บรรทัดละหนึ่งงาน)"), required=False, rows=3)
    stands_in = forms.CharField(label=_("ผู้ปฏิบัติแทนเมื่อไม่อยู่"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Refuse an officer without duties, and duties of nobody."""
        given = super().clean()
        if given.get("person") and not given.get("duties"):
            self.add_error("duties", _("ใส่งานที่มอบหมาย"))
        if given.get("duties") and not given.get("person") and "person" not in self.errors:
            self.add_error("person", _("เลือกเจ้าหน้าที่"))
        return given


class OrderHead(HeadForm):
    """What every order has. A subclass names its rows."""

    reasons = LinesField(label=_("เหตุผล"), required=False, rows=3, help_text=_("ย่อหน้าก่อนฐานอำนาจ หนึ่งบรรทัดคือหนึ่งย่อหน้า"))
    legal_bases = LinesField(label=_("อาศัยอำนาจตามความใน"), rows=2, help_text=_("บรรทัดละหนึ่งข้อ"))
    effective = ThaiDateField(label=_("ทั้งนี้ ตั้งแต่วันที่"), error_messages={"required": _("ใส่วันที่คำสั่งมีผล")})
    supersedes = forms.CharField(
        label=_("ให้ยกเลิก"), required=False, max_length=300, help_text=_("เช่น คำสั่งเทศบาล… ที่ ๑๐๕/๒๕๖๗ ลงวันที่ …")
    )

    left_out = ("is_circular", "speed")
    late: ClassVar[tuple[str, ...]] = ("supersedes", "effective")
    row_form: ClassVar[type[RowForm] | None] = None
    rows_name: ClassVar[str] = ""
    main: ClassVar[tuple[str, ...]] = ("reasons", "legal_bases", "effective", "supersedes")

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(scope, *args, **kwargs)
        self.staff = Staff(scope) if self.row_form else None
        self.rows = tuple(self._rows()) if self.row_form else ()

    def begin(self, scope: Scope) -> dict[str, Any]:
        """Begin with the power that a municipality's orders rest on."""
        return {**super().begin(scope), "legal_bases": [POWERS]}

    def written(self) -> dict[str, Any]:
        """Give the records of an order, and who is meant by the names in it."""
        given = super().written()
        day = given.pop("effective")
        found = {**given, "agency": self.scope.agency.name, "effective": day.isoformat() if day else None}
        if self.row_form is None:
            return found
        rows = self.filled()
        people = {str(row["person"]): row["person"].pk for row in rows}
        options = {**(self.old.get(OPTIONS) or {}), "people": people}
        return {**found, self.rows_name: [self.record(row) for row in rows], OPTIONS: options}

    def shown(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Show the day as a day."""
        found = super().shown(content)
        return {**found, "effective": forms.DateField().to_python(content.get("effective"))}

    # --- rows ---
    @property
    def row_count(self) -> int:
        """How many rows the page sends back, with those that are asked for now."""
        return len(self.rows)

    def record(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Give a row as the paper holds it. Each form with rows (``row_form``) says how."""
        raise NotImplementedError

    def filled(self) -> list[dict[str, Any]]:
        """Give the rows that name somebody."""
        return [row.cleaned_data for row in self.rows if row.cleaned_data.get("person")]

    def _rows(self) -> Iterator[RowForm]:
        assert self.row_form and self.staff
        shown: Sequence[Any] = (self.old.get(self.rows_name) or ()) if not self.is_bound else ()
        asked = posted_number(self.data.get("rows")) if self.is_bound else None
        more = ROWS_MORE if not self.is_bound or "more" in self.data else 0
        count = min((asked if asked is not None else len(shown)) + more, ROWS_MAX)
        for at in range(count):
            data = self.data if self.is_bound else None
            initial = self.row_initial(shown[at]) if at < len(shown) else None
            yield self.row_form(self.staff, data, prefix=f"row-{at}", initial=initial)

    def row_initial(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Give what a row shows of a record."""
        return {**record, "person": record.get("name", "")}

    def is_valid(self) -> bool:
        """Look at the rows too, every one of them."""
        rows = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(rows) and not self._row_faults()

    def _row_faults(self) -> bool:
        if self.row_form is None:
            return False
        names = [str(row["person"]) for row in self.filled()]
        if not names:
            self.add_error(None, _("ยังไม่ได้ใส่รายชื่อ"))
        if twice := sorted({name for name in names if names.count(name) > 1}):
            self.add_error(None, _("มีชื่อซ้ำ: %(names)s") % {"names": ", ".join(twice)})
        return bool(self.errors)


class OrderForm(OrderHead):
    """An order to everybody."""

    clauses = LinesField(
        label=_("จึงมีคำสั่ง ดังต่อไปนี้"),
        rows=10,
        error_messages=lacking("body"),
        help_text=_("หนึ่งบรรทัดคือหนึ่งข้อ ระบบพิมพ์ “ข้อ ๑” ให้ ข้อย่อยขึ้นต้นบรรทัดด้วย “(๑) ” หรือ “- ”"),
    )
    main: ClassVar[tuple[str, ...]] = ("reasons", "legal_bases", "clauses", "supersedes", "effective")


class CommitteeOrderForm(OrderHead):
    """An order that appoints a committee; signing it makes the committee."""

    body = forms.CharField(
        label=_("จึงแต่งตั้ง (ชื่อคณะ)"),
        max_length=300,
        error_messages={"required": _("ใส่ชื่อคณะกรรมการหรือคณะทำงาน")},
        help_text=_("เช่น คณะทำงานขับเคลื่อนการประเมินคุณธรรมและความโปร่งใส"),
    )
    duties = LinesField(label=_("หน้าที่และอำนาจ"), rows=5, help_text=_("บรรทัดละหนึ่งข้อ"))
    until = ThaiDateField(label=_("ถึงวันที่"), required=False, help_text=_("เว้นว่างถ้าไม่กำหนด พ้นวันนี้แล้วระบบจะเตือนทุกที่ที่ใช้คณะนี้"))
    replaces = forms.ModelChoiceField(
        Committee.objects.none(),
        label=_("แทนคณะเดิม"),
        required=False,
        empty_label=_("– ไม่ได้แทนคณะใด –"),
        help_text=_("คณะเดิมสิ้นสุดก่อนวันที่คณะนี้เริ่ม ระบบพิมพ์ “ให้ยกเลิก…” ให้"),
    )
    late: ClassVar[tuple[str, ...]] = ("duties", "replaces", "supersedes", "effective", "until")
    row_form = AppointeeRow
    rows_name = "appointees"
    main: ClassVar[tuple[str, ...]] = ("reasons", "legal_bases", "body", "duties", "supersedes", "effective")

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(scope, *args, **kwargs)
        field: Any = self.fields["replaces"]
        field.queryset = Committee.objects.filter(agency=scope.agency, replaced_by=None)
        field.label_from_instance = lambda one: f"{one.name} ({one.order_no})"

    def shown(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Show until when, and whose place it takes."""
        options = content.get(OPTIONS) or {}
        until = forms.DateField().to_python(options.get("until"))
        return {**super().shown(content), "until": until, "replaces": options.get("replaces")}

    def record(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Give a member."""
        return {"name": str(row["person"]), "position": row["position"], "role": row["role"]}

    def written(self) -> dict[str, Any]:
        """Name the order that ends, and say until when this one holds."""
        found, given = super().written(), self.cleaned_data
        old: Committee | None = given["replaces"]
        if old and not found["supersedes"]:
            found["supersedes"] = cited_order(self.scope.agency.name, old)
        until = given["until"].isoformat() if given["until"] else None
        found[OPTIONS] |= {"until": until, "replaces": old.pk if old else None}
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        given = super().clean() or self.cleaned_data
        if given.get("until") and given.get("effective") and given["until"] < given["effective"]:
            self.add_error("until", _("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"))
        return given

    def _row_faults(self) -> bool:
        chairs = sum(row["role"] == Role.CHAIR for row in self.filled())
        if self.filled() and chairs != 1:
            self.add_error(None, _("คณะต้องมีประธานหนึ่งคน ตอนนี้มี %(n)s คน") % {"n": chairs})
        return super()._row_faults()


class JobOrderForm(OrderHead):
    """An order that gives officers their work; signing it makes the assignments."""

    clauses = LinesField(label=_("ข้อความต่อท้ายตาราง"), required=False, rows=3)
    late: ClassVar[tuple[str, ...]] = ("clauses", "supersedes", "effective")
    row_form = AssigneeRow
    rows_name = "assignments"
    main: ClassVar[tuple[str, ...]] = ("reasons", "legal_bases", "clauses", "supersedes", "effective")

    def record(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Give an officer with the work."""
        names = ("position", "duties", "stands_in")
        return {"name": str(row["person"]), **{name: row[name] for name in names}}


def cited_order(agency: str, committee: Committee) -> str:
    """Cite the order that made a committee as papers do."""
    return f"คำสั่ง{agency} ที่ {to_thai(committee.order_no)} ลงวันที่ {format_date(committee.order_date)}"
