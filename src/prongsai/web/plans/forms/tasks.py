"""Forms about tasks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.forms import AttachForm
from prongsai.web.plans.forms.units import UnitField
from prongsai.web.plans.models import Task
from prongsai.web.plans.queries.tasks import units_to_follow
from prongsai.web.plans.queries.units import UnitNames
from prongsai.web.ui.forms import ThaiDateField


class AnswerForm(AttachForm):
    """What a unit did, with one piece of evidence if it likes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("สิ่งที่ดำเนินการแล้ว"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("ทำอะไร เมื่อใด ผลเป็นอย่างไร และดูได้ที่ไหน"),
    )
    field_order = ("answer", "file", "address", "existing", "number", "title")

    def __init__(self, scope: Scope, task: Task, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"answer": task.answer, "version": task.version} | (kwargs.get("initial") or {})
        super().__init__(scope, *args, needed=False, **kwargs)


class DecideForm(forms.Form):
    """Accepting an answer, or returning it with the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("เหตุที่ส่งคืน"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("จำเป็นเมื่อส่งคืน บอกให้ชัดว่ายังขาดอะไร"),
    )


class RollOutForm(forms.Form):
    """The units that follow a pilot, and until when."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("หน่วยที่จะทำตาม"), widget=forms.CheckboxSelectMultiple
    )
    due_on = ThaiDateField(label=_("ส่งภายในวันที่"))

    def __init__(self, scope: Scope, task: Task, *args: Any, **kwargs: Any) -> None:
        units = units_to_follow(scope, task)
        kwargs.setdefault("initial", {"units": [unit.pk for unit in units]})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["units"]
        field.queryset = units


class AssignForm(forms.Form):
    """A task without a memo: of a measure to a unit."""

    unit = UnitField(label=_("ส่วนราชการ"))
    title = forms.CharField(label=_("งานที่ต้องทำ"), max_length=500)
    due_on = ThaiDateField(label=_("กำหนดส่ง"))

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_task_%s"} | kwargs)
        field: Any = self.fields["unit"]
        self.names = field.names = UnitNames(scope.agency)
