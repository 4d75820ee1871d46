"""Forms of posts and of who fills them."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.forms.choices import UnitChoice, choose
from prongsai.web.agencies.forms.people import PeopleFilter
from prongsai.web.agencies.models import Appointment, Capacity, Employment, Post
from prongsai.web.agencies.queries import full_name, people_of, units_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.ui.forms import ThaiDateField, VersionedForm

_CAPACITIES = {
    Capacity.SELF: _("เป็นเจ้าของตำแหน่ง"),
    Capacity.ACTING_FOR: _("ผู้ดำรงตำแหน่งไม่อยู่หรือตำแหน่งว่าง ทำได้เต็มอำนาจ"),
    Capacity.DELEGATED: _("มีคำสั่งมอบอำนาจเป็นหนังสือ ทำได้เฉพาะเรื่องที่มอบ"),
    Capacity.PERFORMING: _("ไม่มีผู้ดำรงตำแหน่งนายก ปลัดทำหน้าที่แทนเท่าที่จำเป็น"),
    Capacity.ACTING_IN_POST: _("ตำแหน่งประจำว่าง ให้ผู้อื่นรักษาการ"),
}


class PostsFilter(PeopleFilter):
    """Which posts are shown, and of which day."""

    only = forms.ChoiceField(
        label=_("เฉพาะ"),
        required=False,
        choices=[
            ("", _("ทุกตำแหน่ง")),
            ("vacant", _("ตำแหน่งว่าง")),
            ("acting", _("มีผู้รักษาการหรือปฏิบัติแทน")),
            ("roles", _("มีบทบาทในระบบ")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("ค้นตำแหน่ง")


class PostForm(VersionedForm):
    """A post."""

    unit = UnitChoice(label=_("ส่วนราชการ"), empty_label=_("ทั้งหน่วยงาน เช่น นายก ปลัด"))
    valid_from = ThaiDateField(label=_("ตั้งแต่วันที่"), required=False)
    valid_to = ThaiDateField(label=_("ยุบตำแหน่งวันที่"), required=False, help_text=_("เว้นว่างถ้ายังมีตำแหน่งนี้"))

    class Meta:
        """Fields in the order of the form."""

        model = Post
        fields = ("title", "unit", "side", "is_head", "number", "duties", "valid_from", "valid_to")
        widgets: ClassVar = {"duties": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "unit", units_of(scope.agency), full_name)


class RolesForm(forms.Form):
    """Which roles a post has."""

    roles = forms.MultipleChoiceField(
        label=_("บทบาทของตำแหน่ง"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AppointmentForm(forms.ModelForm):
    """A person in a post."""

    capacity = forms.ChoiceField(
        label=_("ฐานะ"),
        choices=[(each.value, format_lazy("{} — {}", each.label, _CAPACITIES[each])) for each in Capacity],
        widget=forms.RadioSelect,
        initial=Capacity.SELF,
    )
    valid_from = ThaiDateField(label=_("ตั้งแต่วันที่"), required=False)
    valid_to = ThaiDateField(label=_("ถึงวันที่"), required=False, help_text=_("เว้นว่างถ้ายังไม่กำหนด"))
    order_date = ThaiDateField(label=_("คำสั่งลงวันที่"), required=False, help_text="")

    class Meta:
        """Fields in the order of the form."""

        model = Appointment
        fields = ("person", "capacity", "valid_from", "valid_to", "order_no", "order_date", "scope_text")
        labels: ClassVar = {"person": _("บุคคล")}
        help_texts: ClassVar = {"scope_text": _("ต้องกรอกเมื่อปฏิบัติราชการแทน เช่น อนุมัติการลาป่วยของพนักงาน")}

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "person", people_of(scope.agency).exclude(employment=Employment.OUTSIDE))


class EndForm(forms.Form):
    """The last day of an appointment."""

    on = ThaiDateField(label=_("วันสุดท้าย"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
