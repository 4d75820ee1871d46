"""Forms about a register as a whole: what the office calls it, whether it is open; a saved view of its list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import RegisterSetting
from prongsai.web.registers.queries.contracting import PREFIX_REGISTER
from prongsai.web.registers.queries.library import Kept, label_of
from prongsai.web.ui.forms import VersionedForm

LABEL_MAX = 200
_PREFIX = "label-"


class SettingsForm(VersionedForm):
    """How an office keeps a register. Labels left empty are those of the register's file."""

    class Meta:
        """Fields in the order of the form."""

        model = RegisterSetting
        fields = ("is_open", "name", "unit", "is_published", "takes_outside", "ocid_prefix")

    def __init__(self, scope: Scope, kept: Kept, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, instance=kept.setting, **kwargs)
        self.kept = kept
        self.fields["version"].initial = kept.setting.version if kept.setting else 0
        self.fields["name"].help_text = _("เว้นว่างไว้ใช้ชื่อ “{name}”").format(name=kept.register.name_th)
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.filter(agency=scope.agency).on(scope.today)
        unit.empty_label = _("– ตามหน้าที่ของเจ้าของทะเบียน –")
        if kept.register.public is None:
            del self.fields["is_published"]
        if kept.register.outside is None:
            del self.fields["takes_outside"]
        if kept.id == PREFIX_REGISTER:
            self.fields["ocid_prefix"].help_text = _("เว้นว่างไว้ใช้ prongsai-{code} ซึ่งยังไม่ได้จดทะเบียนกับ OCP").format(
                code=scope.agency.code
            )
        else:
            del self.fields["ocid_prefix"]
        for field in kept.register.fields:
            self.fields[_PREFIX + field.key] = forms.CharField(
                label=label_of(field), required=False, max_length=LABEL_MAX, initial=kept.labels.get(field.key, "")
            )

    @property
    def label_lines(self) -> list[Any]:
        """The fields for labels."""
        return [self[name] for name in self.fields if name.startswith(_PREFIX)]

    @property
    def has_label_errors(self) -> bool:
        """Whether something is wrong with a label, so that the fold stands open."""
        return any(name.startswith(_PREFIX) for name in self.errors)

    @property
    def main_lines(self) -> list[Any]:
        """The other fields that are shown."""
        return [self[name] for name in self.fields if not name.startswith(_PREFIX) and name != "version"]

    def clean(self) -> dict[str, Any]:
        """Refuse two fields under one label: spreadsheets could not tell them apart."""
        cleaned = super().clean() or self.cleaned_data
        own = {one.key: str(cleaned.get(_PREFIX + one.key) or "") for one in self.kept.register.fields}
        shown = [own[one.key] or one.label_th for one in self.kept.register.fields]
        for key, label in own.items():
            if label and shown.count(label) > 1:
                self.add_error(_PREFIX + key, ValidationError(_("มีช่องอื่นใช้ชื่อนี้แล้ว")))
        return cleaned

    def refuse(self, refused: ValidationError | ProngsaiError) -> None:
        """Show what the service refused; what is about no field of the form on top."""
        if isinstance(refused, ProngsaiError):
            self.add_error(None, refused.one_line)
        elif hasattr(refused, "error_dict"):
            for name, errors in refused.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
        else:
            self.add_error(None, refused)

    def renew(self, current: Any) -> None:
        """Carry the current version, so that saving again is a decision and no accident."""
        data: Any = self.data
        self.data = data.copy()
        self.data["version"] = str(current.version)  # type: ignore[index]

    @property
    def setting(self) -> dict[str, Any]:
        """The values of the setting, labels put together, as the service takes them."""
        values = {name: value for name, value in self.values.items() if not name.startswith(_PREFIX)}
        own = {name.removeprefix(_PREFIX): value for name, value in self.values.items() if name.startswith(_PREFIX)}
        return values | {"labels": own}


class ViewForm(forms.Form):
    """A list with its filters, to be kept under a name."""

    name = forms.CharField(label=_("ชื่อมุมมอง"), max_length=100, help_text=_("เช่น รายการของกองคลังที่ยังไม่เสร็จ"))
    for_all = forms.BooleanField(label=_("ให้ทุกคนเห็น"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["for_all"]

    @property
    def view(self) -> dict[str, Any]:
        """What the service keeps."""
        return {"for_all": False} | self.cleaned_data
