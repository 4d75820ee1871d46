"""Pages of the organisation."""

from prongsai.web.agencies.views.agency import agency, agency_edit, emblem
from prongsai.web.agencies.views.committees import (
    committee,
    committee_add,
    committee_edit,
    committees,
    job_order_add,
    job_orders,
)
from prongsai.web.agencies.views.people import people, person, person_add, person_edit, person_merge
from prongsai.web.agencies.views.posts import (
    appointment_add,
    appointment_end,
    post,
    post_add,
    post_edit,
    post_roles,
    posts,
)
from prongsai.web.agencies.views.tables import table, table_add, table_save
from prongsai.web.agencies.views.units import unit, unit_add, unit_edit, units

__all__ = [
    "agency",
    "agency_edit",
    "appointment_add",
    "appointment_end",
    "committee",
    "committee_add",
    "committee_edit",
    "committees",
    "emblem",
    "job_order_add",
    "job_orders",
    "people",
    "person",
    "person_add",
    "person_edit",
    "person_merge",
    "post",
    "post_add",
    "post_edit",
    "post_roles",
    "posts",
    "table",
    "table_add",
    "table_save",
    "unit",
    "unit_add",
    "unit_edit",
    "units",
]
