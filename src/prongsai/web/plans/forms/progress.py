"""Forms for progress and for what was done of a recurring duty; evidence goes along in the same form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Occurrence
from prongsai.web.evidence.forms import AttachForm
from prongsai.web.plans.models import Measure, Progress, Step
from prongsai.web.ui.forms import ThaiDateField

EVIDENCE = ("file", "address", "existing", "number", "title")


class WithEvidence(AttachForm):
    """A form of its own fields first, then evidence, which is not needed."""

    own: tuple[str, ...] = ()

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(scope, *args, needed=False, **kwargs)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the entry itself."""
        return [self[name] for name in self.own if name in self.fields]

    @property
    def more_evidence(self) -> list[forms.BoundField]:
        """The other ways to give evidence than a file."""
        return [self[name] for name in EVIDENCE[1:]]

    @property
    def has_more(self) -> bool:
        """Whether one of the other ways has been used or is at fault, so that it must be seen."""
        return any(self[name].value() or self[name].errors for name in EVIDENCE[1:])


class ProgressForm(WithEvidence):
    """What was done about a measure on a day. Steps are offered where it has some."""

    on = ThaiDateField(label=_("วันที่ดำเนินการ"))
    step = forms.ModelChoiceField(
        queryset=Step.objects.none(), label=_("ขั้นตอน"), required=False, empty_label=_("– ทั้งมาตรการ –")
    )
    is_step_done = forms.BooleanField(label=_("ขั้นตอนนี้แล้วเสร็จ"), required=False)
    result = forms.CharField(
        label=_("ผลการดำเนินการ (ทำอะไร)"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    outcome = forms.CharField(
        label=_("ผลลัพธ์ (เกิดอะไรขึ้น)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("สิ่งที่เปลี่ยนไปเพราะทำสิ่งนี้ เช่น ตัวเลขก่อนและหลัง อย่าคัดลอกผลการดำเนินการ"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    own = ("on", "step", "is_step_done", "result", "outcome")

    def __init__(
        self, scope: Scope, measure: Measure, *args: Any, entry: Progress | None = None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {"on": scope.today}
        if entry:
            initial = {name: getattr(entry, name) for name in ("on", "step", "result", "outcome", "version")}
            initial["is_step_done"] = bool(entry.step and entry.step.done_on and entry.step.done_on == entry.on)
        super().__init__(scope, *args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        if entry and entry.on is None:
            self.fields["on"].required = False
        self.fields["step"].queryset = measure.steps.all()  # type: ignore[attr-defined]
        if not measure.steps.exists():
            del self.fields["step"], self.fields["is_step_done"]

    @property
    def values(self) -> dict[str, Any]:
        """What the services take."""
        return {name: self.cleaned_data[name] for name in self.own if name in self.cleaned_data}

    def clean(self) -> dict[str, Any]:
        """Refuse an empty entry."""
        given = super().clean()
        if not self.errors and not (given.get("result", "").strip() or given.get("outcome", "").strip()):
            self.add_error("result", _("กรอกผลการดำเนินการหรือผลลัพธ์อย่างน้อยหนึ่งช่อง"))
        return given


class EntryForm(WithEvidence):
    """That an occurrence of a duty was done, or that there was nothing to report."""

    done_on = ThaiDateField(label=_("วันที่ดำเนินการ"))
    result = forms.CharField(
        label=_("ผลการดำเนินการ / ข้อสั่งการ"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_nothing = forms.BooleanField(label=_("ข้าพเจ้ายืนยันว่างวดนี้ไม่มีเรื่องต้องรายงาน"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    own = ("done_on", "result", "is_nothing")

    def __init__(self, scope: Scope, occurrence: Occurrence, *args: Any, **kwargs: Any) -> None:
        names = ("result", "is_nothing", "version")
        initial = {name: getattr(occurrence, name) for name in names}
        initial["done_on"] = occurrence.done_on or scope.today
        super().__init__(scope, *args, initial=initial, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self.own}
