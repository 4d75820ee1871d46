"""Forms of the organisation pages."""

from prongsai.web.agencies.forms.agency import AgencyForm, PeriodForms, periods_in
from prongsai.web.agencies.forms.committees import CommitteeForm, JobOrderForm
from prongsai.web.agencies.forms.people import MergeForm, PeopleFilter, PersonForm
from prongsai.web.agencies.forms.posts import AppointmentForm, EndForm, PostForm, PostsFilter, RolesForm
from prongsai.web.agencies.forms.tables import MendForm, TableForm
from prongsai.web.agencies.forms.units import UnitForm

__all__ = [
    "AgencyForm",
    "AppointmentForm",
    "CommitteeForm",
    "EndForm",
    "JobOrderForm",
    "MendForm",
    "MergeForm",
    "PeopleFilter",
    "PeriodForms",
    "PersonForm",
    "PostForm",
    "PostsFilter",
    "RolesForm",
    "TableForm",
    "UnitForm",
    "periods_in",
]
