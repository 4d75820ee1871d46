"""Forms of addresses that are looked at from outside."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.inspection.guard import is_public, literal
from prongsai.web import environment
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import CycleState, ItemState
from prongsai.web.disclosure.models import Reach, Watch
from prongsai.web.evidence.forms import AddressField


class FilterForm(forms.Form):
    """What the list is narrowed by."""

    q = forms.CharField(label=_("ค้นหา"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("ผล"), required=False, choices=[("", _("ทุกผล")), *Reach.choices])
    why = forms.ChoiceField(label=_("เหตุที่ตรวจ"), required=False, choices=[("", _("ทุกเหตุ")), *Watch.choices])
    item: "forms.ModelChoiceField[ItemState]" = forms.ModelChoiceField(
        label=_("ข้อ OIT"), required=False, queryset=None, empty_label=_("ทุกข้อ")
    )
    closed = forms.BooleanField(label=_("ที่เลิกตรวจแล้ว"), required=False)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        watched = ItemState.objects.filter(watched__agency=scope.agency).distinct()
        self.fields["item"].queryset = watched.order_by("-cycle__fiscal_year_be", "place")  # type: ignore[attr-defined]


class AddressForm(forms.Form):
    """An address of the office's own choice."""

    address = AddressField(help_text=_("คัดลอกจากแถบที่อยู่ของเบราว์เซอร์ ระบบจะเปิดดูตามรอบแบบเดียวกับผู้ประเมิน"))
    item: "forms.ModelChoiceField[ItemState]" = forms.ModelChoiceField(
        label=_("ข้อ OIT ที่เกี่ยวข้อง"),
        required=False,
        queryset=None,
        empty_label=_("ไม่ระบุ"),
        help_text=_("ถ้าระบุ ผู้รับผิดชอบข้อนี้จะได้รับแจ้งเมื่อเปิดไม่ได้"),
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = ItemState.objects.filter(cycle__agency=scope.agency, cycle__state=CycleState.OPEN)
        self.fields["item"].queryset = items.order_by("-cycle__fiscal_year_be", "place")  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        """Refuse what no assessor can reach: addresses of an internal network, unless the installation allows them."""
        address: str = self.cleaned_data["address"]
        host = urlsplit(address).hostname or ""
        spelled = literal(host)
        is_inside = (
            host == "localhost" or host.endswith((".local", ".localhost")) or (spelled and not is_public(spelled))
        )
        if is_inside and not environment.flag("PRONGSAI_CHECK_PRIVATE"):
            raise ValidationError(_("ที่อยู่นี้อยู่ในเครือข่ายภายใน ผู้ประเมินเปิดไม่ได้ ใช้ที่อยู่ที่คนภายนอกเปิดได้"))
        return address
