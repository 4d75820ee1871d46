"""Trainings: the papers of a project, its own and the list on which people sign."""

from collections.abc import Mapping
from functools import partial

from prongsai.registers.model import Register
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Records, _training_papers

_SENT = "sent"  # elsewhere: the project is of who holds it


def papers(scope: Scope, register: Register, entry: Entry) -> Mapping[str, Records]:
    """The project, unless somebody else holds it, and the list of who attends."""
    listed = {"attendance-list": partial(_training_papers.attendance, scope, entry)}
    if entry.values.get("kind") == _SENT:
        return listed
    return {"training-project": partial(_training_papers.project, scope, entry), **listed}
