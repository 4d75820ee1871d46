"""What is asked of a handler who takes a report down for somebody, or moves a case between general and sealed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.queries import units_of
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import FileKey
from prongsai.web.complaints.forms.reporting import ReportForm
from prongsai.web.complaints.models import Way
from prongsai.web.complaints.queries.moved import REGISTER
from prongsai.web.complaints.queries.reporting import Picks, picks_of
from prongsai.web.complaints.services.moving import NUMBER, Handed
from prongsai.web.complaints.services.papers import Came
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.ui.forms import ThaiDateField

_OF_THE_PUBLIC = ("consent", "opened")
_OF_THE_SENDER = (
    *("mode", "what", "where", "evidence", "witnesses", "elsewhere", "wants_result"),
    *("name", "phone", "email", "address", "files"),
)


class HandlersForm(ReportForm):
    """The form of a report as a handler fills it in. understood: that they will not be able to read it afterwards."""

    understood = forms.BooleanField(label=_("เข้าใจแล้ว ส่งเรื่องให้ผู้รับเรื่องคนอื่น"), required=False)
    left_out: tuple[str, ...] = _OF_THE_PUBLIC

    def __init__(
        self, data: Any = None, *, scope: Scope, way: Way, held: Sequence[FileKey] = (), **kwargs: Any
    ) -> None:
        picks: Picks = picks_of(scope.agency, scope.today)
        super().__init__(data, way=way, picks=picks, held=held, **kwargs)
        self.scope = scope
        for name in self.left_out:
            del self.fields[name]
        self.is_left_out = False

    def leave_out(self) -> None:
        """Tell who fills it in that they will not be able to read it, and ask whether it is to be sent all the same."""
        self.is_left_out = True
        self.add_error("understood", _("ทำเครื่องหมายแล้วส่งอีกครั้ง หรือให้ผู้รับเรื่องคนอื่นเป็นผู้บันทึก"))


class PaperForm(HandlersForm):
    """A letter, a call or a visit, taken down. The person whose report it is gets the receipt."""

    came = forms.ChoiceField(label=_("มาทาง"), choices=Came.choices, widget=forms.RadioSelect)
    came_on = ThaiDateField(label=_("วันที่มาถึง"))
    remark = forms.CharField(
        label=_("บันทึกของผู้รับเรื่อง"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("เช่น เลขรับหนังสือ ผู้แจ้งอ่านไม่ได้ เห็นเฉพาะผู้มีสิทธิอ่านเรื่องนี้"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, way=Way.PAPER, **kwargs)
        self.initial.setdefault("came_on", self.scope.today)
        self.fields["mode"].label = _("ผู้แจ้งต้องการแจ้งแบบใด")
        self.fields["wants_result"].label = _("ผู้แจ้งต้องการทราบผล")
        self.fields["files"].label = _("แนบภาพสแกนหรือไฟล์")
        self.fields["is_unknown"].label = _("ผู้แจ้งไม่ทราบว่าเป็นใคร")
        self.order_fields(["came", "came_on", "mode", "category"])

    def clean_came_on(self) -> Any:
        """Refuse a day that is still to come."""
        day = self.cleaned_data["came_on"]
        if day > self.scope.today:
            raise ValidationError(_("วันนี้ยังมาไม่ถึง"))
        return day

    @property
    def came_by(self) -> Came:
        """How it came."""
        return Came(self.cleaned_data["came"])


class MoveInForm(HandlersForm):
    """What a general complaint does not say: of what category it is, and whom it is about."""

    left_out = (*_OF_THE_PUBLIC, *_OF_THE_SENDER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, way=Way.MOVED, **kwargs)
        for name in ("when", "how"):
            self.fields[name].required = False
        self.fields["is_unknown"].label = _("ในเรื่องไม่ได้บอกว่าเป็นใคร")


class MoveOutForm(forms.Form):
    """What the general register is to know. Nothing is filled in from the case: every word is chosen."""

    topic = forms.CharField(
        label=_("เรื่อง"), max_length=200, help_text=_("ทุกคนในสำนักงานเห็น อย่าใส่ชื่อหรือสิ่งที่ทำให้รู้ว่าใครแจ้งหรือถูกร้อง")
    )
    details = forms.CharField(
        label=_("รายละเอียด"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("เขียนใหม่เท่าที่จำเป็นต่อการแก้ไขปัญหา ไม่คัดลอกคำของผู้แจ้งทั้งหมด"),
    )
    category = forms.ChoiceField(label=_("ประเภทเรื่องทั่วไป"))
    place = forms.CharField(label=_("สถานที่"), required=False, max_length=300)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("มอบส่วนราชการ"), required=False, empty_label=_("ยังไม่มอบ ให้ธุรการมอบ")
    )
    identity = forms.MultipleChoiceField(
        label=_("ข้อมูลผู้แจ้งที่ส่งไปด้วย"),
        required=False,
        choices=[("name", _("ชื่อ")), ("phone", _("โทรศัพท์")), ("email", _("อีเมล"))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("ไม่ทำเครื่องหมายคือไม่ส่ง ส่งเมื่อผู้แจ้งยินยอมเท่านั้น มีบันทึกว่าท่านเปิดดูตัวตน"),
    )
    reason = forms.CharField(
        label=_("เหตุที่ไม่ใช่เรื่องทุจริต"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("อยู่ในเรื่องที่ปิดผนึก"),
    )
    told = forms.CharField(
        label=_("ข้อความถึงผู้แจ้ง"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("ผู้แจ้งอ่านได้ด้วยใบรับ ระบบใส่เลขที่ของเรื่องทั่วไปแทน {เลขที่}"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, scope: Scope, has_identity: bool, version: int) -> None:
        told = _("เรื่องที่ท่านแจ้งไม่ใช่เรื่องทุจริต จึงส่งต่อเป็นเรื่องร้องเรียนทั่วไปเลขที่ %(number)s โดยไม่ส่งข้อมูลของท่านไปด้วย") % {
            "number": NUMBER
        }
        super().__init__(data, initial={"version": version, "told": told}, use_required_attribute=False)
        field = kept_of(scope, REGISTER).register.field_of("category")
        assert field is not None
        self.fields["category"].choices = [("", _("— เลือก —")), *((one.key, one.label_th) for one in field.choices)]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units_of(scope.agency)  # type: ignore[attr-defined]
        if not has_identity:
            del self.fields["identity"]
        for one in self.fields.values():
            one.widget.attrs.setdefault("autocomplete", "off")

    @property
    def ticked(self) -> frozenset[str]:
        """What of who reported is handed over."""
        return frozenset(self.cleaned_data.get("identity", ()))

    @property
    def handed(self) -> Handed:
        """Give what was filled in."""
        data = self.cleaned_data
        return Handed(data["topic"], data["details"], data["category"], data["place"], unit=data["unit"])
