"""What the agency has, held in memory while a table is planned, together with what earlier rows of it add."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from prongsai.thai.text import fold
from prongsai.web.agencies.models import Appointment, Person, Post, PostRole, Unit
from prongsai.web.agencies.queries.powers import why_not_appoint
from prongsai.web.agencies.queries.unit_names import unit_names
from prongsai.web.agencies.scope import Scope


class Book:
    """Units, people, posts and appointments by the names that tables write. Six queries, however many there are."""

    def __init__(self, scope: Scope, *, people: bool) -> None:
        self.scope = scope
        agency = scope.agency
        self.units = unit_names(agency, scope.today)
        self.posts: list[Post] = list(Post.objects.filter(agency=agency))
        self._by_place: dict[tuple[str, int | None], list[Post]] = defaultdict(list)
        self.people: dict[str, list[Person]] = defaultdict(list)  # merged spellings lead to the person kept
        self.held: dict[int, list[Appointment]] = defaultdict(list)  # by id() of the person
        self._filling: dict[int, list[Appointment]] = defaultdict(list)  # by id() of the post
        self._roles: dict[int, set[str]] = defaultdict(set)
        for post in self.posts:
            post.unit = self.units.by_pk[post.unit_id] if post.unit_id else None
            self._by_place[_place(post)].append(post)
        self._load_appointments(people)

    def _load_appointments(self, people: bool) -> None:
        agency = self.scope.agency
        posts = {post.pk: post for post in self.posts}
        persons = {person.pk: person for person in Person.objects.filter(agency=agency)} if people else {}
        for person in persons.values():
            root = _root(person, persons)
            if root not in self.people[name_key_of(person)]:
                self.people[name_key_of(person)].append(root)
        for one in Appointment.objects.filter(agency=agency):
            one.post = posts[one.post_id]
            self._filling[id(one.post)].append(one)
            if people:
                one.person = persons[one.person_id]
                self.held[id(one.person)].append(one)
        if people:
            for role in PostRole.objects.filter(post__agency=agency):
                self._roles[role.post_id].add(role.role)

    # --- units ------------------------------------------------------------------------------------------------------
    def open_in(self, unit: Unit, day: date) -> list[Unit | Post]:
        """Give the units under a unit and its posts that still stand after a day."""
        found: list[Unit | Post] = [child for child in self.units.every() if child.parent is unit]
        found += [post for post in self.posts if post.unit is unit]
        return [one for one in found if one.valid_to is None or one.valid_to > day]

    # --- posts ------------------------------------------------------------------------------------------------------
    def posts_called(self, title: str, unit: Unit | None) -> list[Post]:
        """Give the posts of a title in a unit (None: of the whole agency)."""
        return self._by_place[fold(title), id(unit) if unit else None]

    def posts_titled(self, title: str) -> list[Post]:
        """Give the posts of a title, wherever they are."""
        return [post for post in self.posts if fold(post.title) == fold(title)]

    def post_numbered(self, number: str) -> Post | None:
        """Give the post of a number."""
        return next((post for post in self.posts if post.number and fold(post.number) == fold(number)), None)

    def add_post(self, post: Post) -> None:
        """Know a post that an earlier row adds."""
        self.posts.append(post)
        self._by_place[_place(post)].append(post)

    def has_post(self, post: Post) -> bool:
        """Whether a post is in the register, or will be by an earlier row."""
        return any(known is post for known in self._by_place[_place(post)])

    def holders(self, post: Post, day: date | None = None) -> list[Appointment]:
        """Give who fills a post on a day, today when not given, or from a later day on."""
        day = day or self.scope.today
        return [one for one in self._filling[id(post)] if one.valid_to is None or one.valid_to >= day]

    # --- people -----------------------------------------------------------------------------------------------------
    def add_person(self, person: Person) -> None:
        """Know a person that an earlier row adds."""
        self.people[name_key_of(person)].append(person)

    def appointments(self, person: Person) -> list[Appointment]:
        """Give every appointment of a person."""
        return self.held[id(person)]

    def appoint(self, one: Appointment) -> None:
        """Know an appointment that an earlier row adds."""
        self.held[id(one.person)].append(one)
        self._filling[id(one.post)].append(one)

    def why_not(self, person: Person, post: Post) -> str:
        """Say why who asks may not appoint somebody to a post; empty when nothing is against it."""
        return why_not_appoint(self.scope, person, self._roles.get(post.pk, ()) if post.pk else ())


def name_key_of(person: Person) -> str:
    """Give the key by which a person's name is compared."""
    return fold(person.given_name + person.family_name)


def _root(person: Person, persons: dict[int, Person]) -> Person:
    while person.merged_into_id:
        person = persons[person.merged_into_id]
    return person


def _place(post: Post) -> tuple[str, int | None]:
    return fold(post.title), id(post.unit) if post.unit else None


def listed(names: Iterable[object], limit: int = 5) -> str:
    """Name some things in a row, and how many more there are."""
    every = [str(name) for name in names]
    rest = f" และอีก {len(every) - limit} รายการ" if len(every) > limit else ""
    return ", ".join(every[:limit]) + rest
