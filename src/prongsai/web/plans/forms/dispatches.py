"""Forms about assignment memos."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Committee
from prongsai.web.agencies.queries.lapses import lapse_of
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle
from prongsai.web.plans.forms.units import UnitField, UnitsField
from prongsai.web.plans.models import Dispatch
from prongsai.web.plans.queries.dispatches import Proposal, committees_in_force
from prongsai.web.plans.queries.units import UnitNames
from prongsai.web.plans.services.dispatches import Assignment
from prongsai.web.ui.forms import ThaiDateField, VersionedForm
from prongsai.web.ui.templatetags.ui import thai_date


class DispatchForm(VersionedForm):
    """The head of an assignment memo."""

    due_on = ThaiDateField(label=_("ส่งภายในวันที่"))

    class Meta:
        """Fields in the order of the form."""

        model = Dispatch
        fields = ("subject", "due_on", "committee", "meeting")

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committee: Any = self.fields["committee"]
        # One that a draft has stays in it, to be seen and replaced, not dropped unseen.
        own = Q(pk=self.instance.committee_id)
        committee.queryset = Committee.objects.filter(
            own | Q(pk__in=committees_in_force(scope, scope.today).values("pk"))
        )
        committee.label = _("ตามความเห็นของคณะกรรมการหรือคณะทำงาน")
        committee.empty_label = _("– ไม่ระบุ –")
        committee.help_text = _("เลือกได้เฉพาะคณะที่คำสั่งแต่งตั้งยังมีผลใช้")
        committee.label_from_instance = lambda one: _named(one, scope.today)


def _named(committee: Committee, today: date) -> str:
    """Name a committee with its order, and with what is the matter with that."""
    lapse = lapse_of(committee, today)
    told = f"{lapse.title} {thai_date(lapse.day)}".strip() if lapse else ""
    return f"{committee.name} ({committee.order_no}{' · ' if told else ''}{told})"


class RowForm(forms.Form):
    """A finding that may be dispatched: whether it is, and to whom."""

    chosen = forms.BooleanField(required=False)
    lead = UnitField(label=_("หน่วยหลัก"), required=False)
    all_units = forms.BooleanField(label=_("ทุกหน่วยงาน"), required=False)
    supporting = UnitsField(label=_("หน่วยสนับสนุน (คั่นด้วยจุลภาค)"), required=False)
    pilot = UnitField(label=_("หน่วยนำร่อง"), required=False)

    def __init__(self, proposal: Proposal, names: UnitNames, *args: Any, **kwargs: Any) -> None:
        kwargs["prefix"] = f"row-{proposal.finding.pk}"
        kwargs["initial"] = {
            "chosen": proposal.chosen,
            "lead": proposal.lead,
            "all_units": proposal.all_units,
            "supporting": proposal.supporting,
            "pilot": proposal.pilot,
        }
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        chosen: Any = self.fields["chosen"]
        chosen.widget.attrs["aria-label"] = f"{proposal.code} {proposal.finding.title}"
        for name in ("lead", "supporting", "pilot"):
            field: Any = self.fields[name]
            field.names = names

    def clean(self) -> dict[str, Any]:
        """Ask for a lead unit of a finding that is chosen; what is not chosen is not looked at."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("chosen"):
            self.errors.clear()
        elif not (cleaned.get("lead") or cleaned.get("all_units") or "lead" in self.errors):
            self.add_error("lead", _("เลือกหน่วยหลัก หรือเลือกทุกหน่วยงาน"))
        return cleaned

    @property
    def assignment(self) -> Assignment:
        """What the service takes."""
        given = self.cleaned_data
        return Assignment(self.proposal.finding, given["lead"], given["supporting"], given["pilot"], given["all_units"])


class DispatchForms:
    """The head and a row for each finding, bound together."""

    def __init__(
        self,
        scope: Scope,
        cycle: Cycle,
        proposals: Iterable[Proposal],
        data: Any = None,
        instance: Dispatch | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.names = UnitNames(scope.agency)
        self.head = DispatchForm(scope, data, instance=instance or Dispatch(cycle=cycle), initial=initial)
        self.rows = [RowForm(one, self.names, data) for one in proposals]
        self.nothing = False

    def is_valid(self) -> bool:
        """Whether the head and every chosen row hold, and at least one is chosen."""
        rows_hold = not [row for row in self.rows if not row.is_valid()]  # every row is looked at, not up to the first
        self.nothing = rows_hold and not self.chosen
        if self.nothing:
            self.head.add_error(None, _("เลือกประเด็นอย่างน้อยหนึ่งข้อ"))
        return self.head.is_valid() and rows_hold and not self.nothing

    @property
    def chosen(self) -> list[Assignment]:
        """The chosen rows."""
        return [row.assignment for row in self.rows if row.cleaned_data.get("chosen")]

    @property
    def wrong(self) -> int:
        """How many rows have faults."""
        return sum(bool(row.is_bound and row.errors) for row in self.rows)


class IssueForm(forms.Form):
    """Number and day of a memo that is issued."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label=_("ที่ (เลขหนังสือ)"), max_length=60)
    issued_on = ThaiDateField(label=_("ลงวันที่"))
