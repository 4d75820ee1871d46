"""Forms of committees and of work assignments."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.thai.names import split_people
from prongsai.thai.text import collapse, fold
from prongsai.web.agencies.forms.choices import choose
from prongsai.web.agencies.models import Committee, CommitteeRole, JobOrder, Person
from prongsai.web.agencies.queries import people_of, top_executive
from prongsai.web.agencies.scope import Scope
from prongsai.web.ui.forms import ThaiDateField, VersionedForm

_PLACES = sorted(((str(one.label), one) for one in CommitteeRole), key=lambda pair: -len(pair[0]))
_MORE_PLACES = (
    ("ประธานคณะทำงาน", CommitteeRole.CHAIR),
    ("รองประธานคณะทำงาน", CommitteeRole.VICE),
    ("ผู้ช่วยเลขานุการ", CommitteeRole.ASSISTANT),
    ("เลขานุการ", CommitteeRole.SECRETARY),
    ("รองประธาน", CommitteeRole.VICE),
    ("ประธาน", CommitteeRole.CHAIR),
    ("คณะทำงาน", CommitteeRole.MEMBER),
)
_COUNTED = re.compile(r"^\s*(?:[0-9๐-๙]{1,3}\s*[.)]?\s*)+|^\s*[-–•]\s*")
_BLANKS = re.compile(r"[\t,;]+")


class MembersField(forms.CharField):
    """Members of a committee, one a line, as an order prints them: name, perhaps the post, the place held."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 8}), required=False, **kwargs)
        self.people: Iterable[Person] = ()

    def prepare_value(self, value: Any) -> Any:
        """Show one member a line."""
        if value is None or isinstance(value, str):
            return value
        return "\n".join(f"{person} {CommitteeRole(role).label}" for person, role in value)

    def clean(self, value: Any) -> Any:
        """Give pairs of a person and a place. Raises ValidationError with a sentence for each line it cannot read."""
        lines = [line for line in str(super().clean(value)).splitlines() if line.strip()]
        known: dict[str, list[Person]] = {}
        for person in self.people if lines else ():
            known.setdefault(fold(person.given_name + person.family_name), []).append(person)
        found, faults = [], []
        for number, line in enumerate(lines, start=1):
            try:
                found.append(_member(line, known))
            except ValidationError as error:
                faults.append(_("บรรทัดที่ %(number)s: %(why)s") % {"number": number, "why": error.message})
        if faults:
            raise ValidationError(faults)
        return found


def _member(line: str, known: dict[str, list[Person]]) -> tuple[Person, str]:
    text = collapse(_BLANKS.sub(" ", _COUNTED.sub("", line)))
    read = split_people(text)
    if len(read) > 1:
        raise ValidationError(_("มีหลายคนในบรรทัดเดียว แยกบรรทัดละคน"))
    words = [read[0].name.given, read[0].name.surname] if read else text.split()[:2]
    name = " ".join(word for word in words if word)
    people = known.get(fold(name), [])
    if len(people) > 1:
        raise ValidationError(_("มีบุคคลชื่อ “%(name)s” หลายคน รวมรายชื่อหรือแก้ให้ต่างกันก่อน") % {"name": name})
    if not people:
        near = ", ".join(str(known[key][0]) for key in _near(fold(name), known))
        told = _("ไม่พบ “%(name)s” ในทะเบียนบุคลากร") % {"name": name}
        raise ValidationError(f"{told} {_('ใกล้เคียงคือ')} {near}" if near else f"{told} {_('เพิ่มบุคคลก่อน')}")
    rest = text[text.find(words[-1]) + len(words[-1]) :]
    return people[0], _place_in(rest)


def _place_in(rest: str) -> str:
    """Find the place in a committee at the end of a line; a plain member where none is printed."""
    bare = rest.strip()
    endings = (*_PLACES, *_MORE_PLACES)
    return next((place for words, place in endings if bare.endswith(words)), CommitteeRole.MEMBER).value


def _near(key: str, known: dict[str, list[Person]]) -> list[str]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # reason: 30 ms that only a failed look-up should pay

    return [
        found for found, _score, _at in process.extract(key, list(known), scorer=fuzz.ratio, limit=3, score_cutoff=70)
    ]


class CommitteeForm(VersionedForm):
    """A committee and who sits in it."""

    order_date = ThaiDateField(label=_("ลงวันที่"))
    valid_from = ThaiDateField(label=_("มีผลตั้งแต่วันที่"), required=False, help_text=_("เว้นว่าง = วันที่ลงคำสั่ง"))
    valid_to = ThaiDateField(label=_("สิ้นสุดวันที่"), required=False, help_text=_("พ้นวันนี้แล้วคณะนี้อนุมัติเรื่องใดไม่ได้"))
    replaces = forms.ModelChoiceField(
        Committee.objects.none(),
        label=_("แทนคณะเดิม"),
        required=False,
        empty_label=_("ไม่ได้แทนคณะใด"),
        help_text=_("คณะเดิมจะสิ้นสุดก่อนวันที่คณะนี้เริ่ม"),
    )
    members = MembersField(
        label=_("รายชื่อ"),
        help_text=_("วางจากคำสั่งได้เลย บรรทัดละหนึ่งคน เช่น นายวิเชียร รอบรู้ ปลัดเทศบาล ประธานกรรมการ ทุกคนต้องมีในทะเบียนบุคลากร"),
    )

    class Meta:
        """Fields in the order of the form."""

        model = Committee
        fields = ("name", "order_no", "order_date", "valid_from", "valid_to", "duties")
        widgets: ClassVar = {"duties": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {"order_no": _("เช่น ๒๐๙/๒๕๖๙")}

    field_order = ("name", "order_no", "order_date", "valid_from", "valid_to", "replaces", "members", "duties")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members: Any = self.fields["members"]
        members.people = people_of(scope.agency)
        if self.instance.pk:
            del self.fields["replaces"]
            had = self.instance.members.select_related("person")
            self.initial["members"] = [(one.person, one.role) for one in had]
        else:
            choose(self, "replaces", Committee.objects.filter(agency=scope.agency, replaced_by=None), _committee_label)

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned fields of the committee itself."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def _committee_label(one: Any) -> str:
    return f"{one.name} ({one.order_no})"


class JobOrderForm(forms.ModelForm):
    """A work assignment by order."""

    order_date = ThaiDateField(label=_("ลงวันที่"))
    valid_from = ThaiDateField(label=_("มีผลตั้งแต่วันที่"), required=False, help_text=_("เว้นว่าง = วันที่ลงคำสั่ง"))
    valid_to = ThaiDateField(label=_("ถึงวันที่"), required=False, help_text=_("เว้นว่างถ้ายังไม่กำหนด"))
    replaces_earlier = forms.BooleanField(
        label=_("แทนคำสั่งมอบหมายงานเดิมของบุคคลนี้ (ฉบับเดิมยังอยู่ในประวัติ)"), required=False, initial=True
    )

    class Meta:
        """Fields in the order of the form."""

        model = JobOrder
        fields = ("person", "duties", "order_no", "order_date", "signer", "valid_from", "valid_to")
        labels: ClassVar = {"person": _("เจ้าหน้าที่"), "signer": _("ผู้ลงนาม")}
        help_texts: ClassVar = {
            "order_no": _("เช่น ๒๐๙/๒๕๖๙"),
            "duties": _("บรรทัดละหนึ่งงาน"),
            "signer": _("ต้องเป็นผู้บริหารสูงสุดในวันที่ลงคำสั่ง"),
        }

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "signer"):
            choose(self, name, people_of(scope.agency))
        head = top_executive(scope.agency, scope.today)
        if head is not None and not self.initial.get("signer"):
            self.initial["signer"] = head.person_id
