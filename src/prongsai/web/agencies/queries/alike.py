"""People who are likely one person written in several ways: a proposal for somebody to confirm, never more."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from prongsai.thai.names import Person as Printed
from prongsai.thai.names import PersonName, similar_names
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Agency, Appointment, Person

_WOMEN = ("นาง", "น.ส", "นส.", "เด็กหญิง", "ด.ญ.")
_MEN = ("นาย", "เด็กชาย", "ด.ช.")


def alike(people: Iterable[tuple[Person, str]]) -> list[list[Person]]:
    """Group people whose names are alike; each with the title of a post, or empty. Nobody is written to."""
    written: dict[tuple[str, str], list[Person]] = defaultdict(list)
    printed = []
    for person, post in people:
        name = PersonName(person.prefix, person.given_name, person.family_name, str(person))
        written[_key(name)].append(person)
        printed.append(Printed(name, post, str(person)))
    groups = [[person for name in group for person in written.pop(_key(name), ())] for group in similar_names(printed)]
    groups += written.values()
    return [part for group in groups for part in _by_sex(group) if len(part) > 1]


def _by_sex(group: list[Person]) -> list[list[Person]]:
    """Part men from women of one name; who has another title, or none, is left with all."""
    men = [person for person in group if not person.prefix.startswith(_WOMEN)]
    women = [person for person in group if not person.prefix.startswith(_MEN)]
    return [group] if len(men) == len(group) or len(women) == len(group) else [men, women]


def likely_same(agency: Agency) -> list[list[Person]]:
    """Give groups of people of an agency who are likely one person, with their posts as ``held``."""
    return [sorted(group, key=lambda one: one.pk) for group in alike(_with_posts(_everybody(agency)))]


def likely_same_as(agency: Agency, given_name: str, family_name: str, prefix: str = "") -> list[Person]:
    """Give who is likely the person of a name that is about to be added; posts as ``held``."""
    new = Person(agency=agency, prefix=prefix, given_name=given_name, family_name=family_name)
    near = Q(given_name__startswith=given_name[:1]) | Q(family_name__startswith=family_name[:1] or given_name[:1])
    known = _with_posts(_everybody(agency).filter(near))
    groups = alike([*known, (new, "")])
    return [person for group in groups if any(one is new for one in group) for person in group if person is not new]


def _everybody(agency: Agency) -> QuerySet[Person]:
    posts = Prefetch("appointments", Appointment.objects.select_related("post__unit"), "held")
    return Person.objects.filter(agency=agency, merged_into=None).prefetch_related(posts)


def _with_posts(people: Iterable[Person]) -> list[tuple[Person, str]]:
    return [(person, person.held[0].post.title if person.held else "") for person in people]  # type: ignore[attr-defined]


def _key(name: PersonName) -> tuple[str, str]:
    return fold(name.given), fold(name.surname)
