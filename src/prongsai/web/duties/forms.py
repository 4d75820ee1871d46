"""Forms for duties."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Post, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Duty
from prongsai.web.ui.forms import ThaiIntegerField, VersionedForm

YEAR_MIN, YEAR_MAX = 2560, 2643


class DutyForm(VersionedForm):
    """A duty. Its year is chosen when it is added and stays."""

    days_after = ThaiIntegerField(
        label=_("ครบกำหนดกี่วันหลังสิ้นรอบ"), help_text=_("ตรงวันหยุดจะเลื่อนเป็นวันทำการถัดไป ก่อนสิ้นรอบใส่เลขติดลบ")
    )
    month = forms.TypedChoiceField(
        label=_("เดือนที่ทำ"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("– ทั้งปี –")), *(Duty._meta.get_field("month").choices or ())],
        help_text=_("เฉพาะงานรายปีหรือครั้งเดียว"),
    )

    class Meta:
        model = Duty
        fields = ("title", "how", "kind", "rhythm", "month", "days_after", "unit", "post", "is_open")
        widgets: ClassVar = {"how": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agency = scope.agency
        units, posts = (kind.objects.filter(agency=scope.agency).on(scope.today) for kind in (Unit, Post))
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]
        self.fields["days_after"].initial = self.instance.days_after


class YearForm(forms.Form):
    """Which fiscal year the list shows."""

    year = ThaiIntegerField(label=_("ปีงบประมาณ (พ.ศ.)"), min_value=YEAR_MIN, max_value=YEAR_MAX)
