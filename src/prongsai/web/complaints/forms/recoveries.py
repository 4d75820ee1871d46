"""Forms of a recovery."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.forms.holders import AccountField, accounts_for
from prongsai.web.complaints.forms.unlocking import MakeKeyForm
from prongsai.web.complaints.models import Holder
from prongsai.web.complaints.queries import rolls

REASON_MAX = 300


class OwnForm(MakeKeyForm):
    """A new passphrase in place of the one that was forgotten, and why."""

    reason = forms.CharField(label=_("เหตุที่ต้องกู้คืน"), max_length=REASON_MAX, initial=_("ลืมรหัสลับ"))
    field_order = ("reason", "new", "again", "is_understood")


class OtherForm(forms.Form):
    """Whose key is lost, and who is to have the new one."""

    lost = forms.ModelChoiceField(
        Holder.objects.none(),
        label=_("กุญแจที่หาย"),
        empty_label=_("เลือก"),
        help_text=_("กุญแจของผู้ที่ลืมรหัสลับหรือพ้นจากงานไปแล้ว"),
    )
    user = AccountField(
        label=_("ผู้รับกุญแจใหม่"),
        help_text=_("เจ้าของเดิม หรือผู้มารับหน้าที่แทน ต้องลงชื่อเข้าใช้มาตั้งรหัสลับของตนก่อน ผู้เก็บกุญแจสำรองจึงยินยอมได้"),
    )
    reason = forms.CharField(label=_("เหตุที่ต้องกู้คืน"), max_length=REASON_MAX)

    def __init__(self, *args: Any, scope: Scope, but: Holder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [one.pk for one in rolls.recoverable(scope.agency) if one.pk != but.pk]
        lost = Holder.objects.filter(pk__in=held).select_related("user")
        self.fields["lost"].queryset = lost  # type: ignore[attr-defined]
        owners = accounts_for(scope) | accounts_for(scope).model.objects.filter(pk__in=lost.values("user"))
        self.fields["user"].queryset = owners.order_by("first_name", "last_name", "pk")  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """That it is the right person's new key."""

    is_compared = forms.BooleanField(label=_("ยืนยันตัวผู้รับกุญแจใหม่แล้ว และเขาอ่านห้าคำนี้ให้ฟังต่อหน้าหรือทางโทรศัพท์ ตรงกันทุกคำ"))
    seen = forms.CharField(widget=forms.HiddenInput)
