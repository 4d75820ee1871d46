"""Forms of the roll: naming, comparing words, opening, the days of the channel."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Membership, User
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.forms.unlocking import PassphraseField
from prongsai.web.complaints.models import Channel, Holder, HolderDuty, HolderState
from prongsai.web.complaints.services.vouching import fingerprint
from prongsai.web.ui.forms import ThaiIntegerField, VersionedForm

_DAYS = ("receive_days", "reply_days", "progress_days", "finding_days", "retention_days", "backup_days")


class AccountField(forms.ModelChoiceField):
    """An account of the office, under the name of its person."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), empty_label=_("เลือก"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Name somebody, and say of outsiders that they are."""
        return str(obj)


def accounts_for(scope: Scope, *, but: Holder | None = None) -> QuerySet[User]:
    """Give the open accounts whose owners hold nothing in the channel yet; the owner of a lost key may have another."""
    taken = Holder.objects.filter(agency=scope.agency).exclude(state=HolderState.LEFT)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    members = Membership.objects.filter(agency=scope.agency, is_open=True).exclude(user__in=taken.values("user"))
    return User.objects.filter(pk__in=members.values("user")).order_by("first_name", "last_name", "pk")


class HolderForm(forms.Form):
    """Who is to hold a key, and what for."""

    duty = forms.ChoiceField(label=_("หน้าที่"), choices=HolderDuty.choices, widget=forms.RadioSelect)
    user = AccountField(
        label=_("ผู้ที่เสนอชื่อ"), help_text=_("เฉพาะผู้มีบัญชีที่ยังไม่มีหน้าที่ในช่องทางนี้ บุคคลภายนอกเพิ่มได้ที่หน้าบุคลากร แล้วส่งคำเชิญ")
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = accounts_for(scope)  # type: ignore[attr-defined]


class VouchForm(forms.Form):
    """That the words were compared."""

    is_compared = forms.BooleanField(label=_("เจ้าของกุญแจอ่านห้าคำนี้ให้ฟังต่อหน้าหรือทางโทรศัพท์แล้ว ตรงกันทุกคำ"))
    seen = forms.CharField(widget=forms.HiddenInput)


class LeaveForm(forms.Form):
    """That it is meant."""

    is_meant = forms.BooleanField(label=_("เข้าใจแล้วว่ากุญแจจะถูกทำลายทันทีและเรียกคืนไม่ได้"))


class OpenForm(forms.Form):
    """Whose words were compared. The keys as they were seen travel along: another key is another person."""

    compared = forms.MultipleChoiceField(
        label=_("เทียบคำแล้ว ตรงกันทุกคำ"), widget=forms.CheckboxSelectMultiple, required=False
    )
    passphrase = PassphraseField(label=_("รหัสลับของท่าน"))

    def __init__(self, *args: Any, others: list[Holder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._others = {f"{one.pk}:{one.recipient}": one for one in others}
        choices = [(mark, f"{one} – {' · '.join(fingerprint(one))}") for mark, one in self._others.items()]
        self.fields["compared"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Holder]:
        """Those whose words were compared."""
        return [self._others[mark] for mark in self.cleaned_data["compared"]]


class ChannelForm(VersionedForm):
    """The days of the channel."""

    class Meta:
        model = Channel
        fields: ClassVar = list(_DAYS)
        field_classes: ClassVar = dict.fromkeys(_DAYS, ThaiIntegerField)
        help_texts: ClassVar = {
            "receive_days": _("ภายในของสำนักงาน ไม่นับวันหยุดราชการ"),
            "reply_days": _("พระราชกฤษฎีกาว่าด้วยหลักเกณฑ์และวิธีการบริหารกิจการบ้านเมืองที่ดี มาตรา ๓๘ ใช้ ๑๕ วัน"),
            "finding_days": _("ขยายได้ตามคำสั่ง"),
            "retention_days": _("ครบแล้วเนื้อหาถูกทำลาย เหลือเพียงเลขที่ วันที่ ช่องทาง ประเภท และสถานะ"),
            "backup_days": _("การทำลายสมบูรณ์เมื่อไฟล์สำรองรุ่นสุดท้ายหมดอายุ ระบบแสดงวันนั้นให้"),
        }
