"""Writing: the agency, its units, people, posts, appointments, committees and work orders."""

from prongsai.web.agencies.services.agency import Period, change_agency, keep_periods, redrawn, set_image
from prongsai.web.agencies.services.committees import (
    add_committee,
    add_job_order,
    change_committee,
    require_committee,
)
from prongsai.web.agencies.services.people import add_person, change_person, held_after, merge_people
from prongsai.web.agencies.services.posts import (
    add_post,
    appoint,
    change_post,
    end_appointment,
    give_roles,
    require_signer,
)
from prongsai.web.agencies.services.tables import TableNotSaved, mend_table, save_table, stage_table
from prongsai.web.agencies.services.units import add_unit, change_unit

__all__ = [
    "Period",
    "TableNotSaved",
    "add_committee",
    "add_job_order",
    "add_person",
    "add_post",
    "add_unit",
    "appoint",
    "change_agency",
    "change_committee",
    "change_person",
    "change_post",
    "change_unit",
    "end_appointment",
    "give_roles",
    "held_after",
    "keep_periods",
    "mend_table",
    "merge_people",
    "redrawn",
    "require_committee",
    "require_signer",
    "save_table",
    "set_image",
    "stage_table",
]
