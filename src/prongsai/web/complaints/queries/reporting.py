"""What the pages of reporters say of the office: whom one may choose, its guideline, its form for other complaints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from prongsai.web.agencies.models import Agency, Appointment, Post
from prongsai.web.agencies.queries import unit_tree
from prongsai.web.agencies.queries.holding import in_order
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import Guideline
from prongsai.web.registers.queries import outside

GENERAL = "complaints-general"
_ELECTED_OR_TOP = (
    "นายก",
    "รองนายก",
    "ปลัด",
    "รองปลัด",
    "เลขานุการนายก",
    "ที่ปรึกษานายก",
    "ประธานสภา",
    "รองประธานสภา",
    "สมาชิกสภา",
)


@dataclass(frozen=True, slots=True)
class Pick:
    """Somebody or a part of the office that can be chosen from a list. value: of the choice."""

    value: str
    label: str
    accused: Accused


@dataclass(frozen=True, slots=True)
class Picks:
    """Who can be chosen: heads by their posts, and whole parts of the office."""

    posts: tuple[Pick, ...]
    units: tuple[Pick, ...]

    def of(self, value: str) -> Accused | None:
        """Give whom a choice means; None for none."""
        return next((one.accused for one in (*self.posts, *self.units) if one.value == value), None)


def picks_of(agency: Agency, day: date) -> Picks:
    """Give who can be chosen on a day. Names of heads are published by law; nobody else is named."""
    return Picks(tuple(_heads(agency, day)), tuple(_units(agency, day)))


def guideline_of(agency: Agency, day: date) -> Guideline | None:
    """Give the guideline that holds on a day; None when none was adopted."""
    adopted = Guideline.objects.filter(agency=agency, adopted_on__lte=day)
    return adopted.order_by("-adopted_on", "-edition", "-pk").first()


def general_form(agency: Agency) -> str | None:
    """Name the register whose form takes other complaints; None where the office has not opened it."""
    return next((kept.id for kept in outside.open_forms(agency) if kept.register.id == GENERAL), None)


def _heads(agency: Agency, day: date) -> Iterator[Pick]:
    filled = Appointment.objects.on(day).select_related("person")
    posts = Post.objects.filter(agency=agency).on(day).select_related("unit")
    posts = posts.prefetch_related(Prefetch("appointments", filled, "filled"))
    for post in sorted(posts, key=lambda one: (one.unit is not None, one.unit.place if one.unit else one.place)):
        if post.is_head or (post.unit is None and post.title.startswith(_ELECTED_OR_TOP)):
            yield _head(post, in_order(post.filled))


def _head(post: Post, held: list[Appointment]) -> Pick:
    person = held[0].person if held else None
    name = str(person) if person else ""
    accused = Accused(
        name=name,
        position=post.title,
        unit=post.unit.name if post.unit else "",
        person_id=person.pk if person else None,
        post_id=post.pk,
        unit_id=post.unit_id,
    )
    return Pick(f"post:{post.pk}", " – ".join(filter(None, (post.title, name))), accused)


def _units(agency: Agency, day: date) -> Iterator[Pick]:
    for node in unit_tree(agency, day, closed=False):
        accused = Accused(unit=node.unit.name, unit_id=node.unit.pk)
        yield Pick(f"unit:{node.unit.pk}", f"{node.indent}{node.unit.name}", accused)
