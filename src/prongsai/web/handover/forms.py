"""Who hands over what to whom, and both signatures."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Capacity, Person, Post
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.forms import SafeFileField
from prongsai.web.handover.models import Handover
from prongsai.web.handover.queries.handovers import givers_for, takers_for
from prongsai.web.ui.forms import ThaiDateField

EXTRA_ROWS = 3


class StartForm(forms.Form):
    """A new handover. Whoever may begin only their own is not asked whose it is."""

    giver: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        Person.objects.none(), label=_("ผู้ส่งมอบ"), empty_label=_("เลือก")
    )
    taker: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        Person.objects.none(), label=_("ผู้รับมอบ"), empty_label=_("เลือก")
    )
    effective_on = ThaiDateField(label=_("ส่งมอบวันที่"), help_text=_("ตั้งแต่วันนี้งานเป็นของผู้รับมอบ เช่น 30/9/2569"))
    reason = forms.CharField(label=_("เหตุที่ส่งมอบ"), max_length=300, help_text=_("เช่น โอนย้าย เกษียณอายุ เปลี่ยนหน้าที่"))
    note = forms.CharField(
        label=_("เรื่องที่ต้องติดตามและคำแนะนำ"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("บรรทัดละเรื่อง พิมพ์ต่อท้ายบัญชีส่งมอบ อย่าใส่รหัสผ่าน"),
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        givers = givers_for(scope)
        kwargs["initial"] = {"giver": scope.person, "effective_on": scope.today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["giver"].queryset = givers  # type: ignore[attr-defined]
        self.fields["taker"].queryset = takers_for(scope)  # type: ignore[attr-defined]
        if scope.person and not givers.exclude(pk=scope.person.pk).exists():
            self.fields["giver"].widget = forms.HiddenInput()


class EditForm(StartForm):
    """What is said of a handover, and things that the list does not know: a few rows, blank ones beside them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, scope: Scope, handover: Handover, *args: Any, **kwargs: Any) -> None:
        names = ("taker", "effective_on", "reason", "note", "version")
        kwargs["initial"] = {name: getattr(handover, name) for name in names} | (kwargs.get("initial") or {})
        super().__init__(scope, *args, **kwargs)
        del self.fields["giver"]
        for place in range(len(handover.extra) + EXTRA_ROWS):
            self._add_row(place, handover.extra[place] if place < len(handover.extra) else {})

    def _add_row(self, place: int, known: dict[str, Any]) -> None:
        self.fields[f"title_{place}"] = forms.CharField(
            label=_("เรื่อง"), required=False, max_length=300, initial=known.get("title", "")
        )
        self.fields[f"about_{place}"] = forms.CharField(
            label=_("รายละเอียด เช่น อยู่ที่ใด ถึงไหนแล้ว"), required=False, max_length=500, initial=known.get("about", "")
        )
        self.fields[f"due_{place}"] = ThaiDateField(
            label=_("กำหนด"), required=False, initial=_day(known.get("due_on")), help_text=""
        )

    @property
    def extra_rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of the rows, three a row."""
        places = sorted(int(name.rpartition("_")[2]) for name in self.fields if name.startswith("title_"))
        return [(self[f"title_{at}"], self[f"about_{at}"], self[f"due_{at}"]) for at in places]

    def clean(self) -> dict[str, Any]:
        """Refuse a row that has everything but its subject."""
        values = super().clean() or {}
        for name in [name for name in self.fields if name.startswith("title_")]:
            at = name.rpartition("_")[2]
            if not values.get(name) and (values.get(f"about_{at}") or values.get(f"due_{at}")):
                self.add_error(name, _("บอกเรื่อง"))
        return values

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values, the rows together."""
        given = self.cleaned_data
        extra = [
            {"title": given[f"title_{at}"], "about": given[f"about_{at}"], "due_on": given[f"due_{at}"]}
            for at in (name.rpartition("_")[2] for name in self.fields if name.startswith("title_"))
        ]
        return {name: given[name] for name in ("taker", "effective_on", "reason", "note")} | {"extra": extra}

    def renew(self, version: int) -> None:
        """Let it be sent again on top of what somebody else has written."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(version)  # type: ignore[index]


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


class SignForm(forms.Form):
    """A signature in the system. instead: whether a reason is asked, because it is not the giver who signs."""

    password = forms.CharField(
        label=_("รหัสผ่านของท่าน"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    otp = forms.CharField(
        label=_("รหัสจากแอปยืนยันตัวตน"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=_("เหตุที่ลงนามแทนผู้ส่งมอบ"), required=False, max_length=300, help_text=_("เช่น พ้นจากงานไปแล้ว ติดราชการ")
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, instead: bool, asks_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "id_sign_%s"  # it stands beside the form for the scan
        if not instead:
            del self.fields["reason"]
        del self.fields["password" if asks_code else "otp"]


class ScanForm(forms.Form):
    """The list as both signed it in ink."""

    scan = SafeFileField(label=_("บัญชีที่ลงนามแล้ว (สแกน)"))
    given_on = ThaiDateField(label=_("ผู้ส่งมอบลงนามวันที่"))
    taken_on = ThaiDateField(label=_("ผู้รับมอบลงนามวันที่"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "id_scan_%s"


class LeaveForm(forms.Form):
    """For leave from a day to a day: who acts meanwhile. The form of appointments is opened with what is said here."""

    post: "forms.ModelChoiceField[Post]" = forms.ModelChoiceField(
        Post.objects.none(), label=_("ตำแหน่งที่ต้องมีผู้ทำแทน"), empty_label=_("เลือก")
    )
    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        Person.objects.none(), label=_("ผู้ทำแทน"), empty_label=_("เลือก")
    )
    capacity = forms.ChoiceField(
        label=_("ฐานะ"),
        choices=[(one.value, one.label) for one in (Capacity.ACTING_FOR, Capacity.DELEGATED)],
    )
    valid_from = ThaiDateField(label=_("ลาหรือไปราชการตั้งแต่"))
    valid_to = ThaiDateField(label=_("ถึง"))

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.filter(agency=scope.agency).on(scope.today)  # type: ignore[attr-defined]
        self.fields["person"].queryset = takers_for(scope)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        values = super().clean() or {}
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            raise ValidationError({"valid_to": _("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น")})
        return values
