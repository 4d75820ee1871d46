"""Who is meant by what a reporter typed or chose: people, posts and units of the office, rather too many than too few.

A name is enough when it is close: with another title, a letter off, without its tones, or the given name alone. Whoever
is taken for the accused by mistake loses the sight of one report; whoever is not recognised reads who reported them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from prongsai.thai.names import TITLES, read_name
from prongsai.thai.text import collapse, fold
from prongsai.web.agencies.models import Agency, Appointment, Person, Post, PostRole, Unit
from prongsai.web.agencies.queries import UnitNames, unit_names
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Accused

_SHORT = {
    "ผอ.": "ผู้อำนวยการ",
    "หน.": "หัวหน้า",
    "ผช.": "ผู้ช่วย",
    "จนท.": "เจ้าหน้าที่",
    "จพง.": "เจ้าพนักงาน",
    "นวก.": "นักวิชาการ",
    "สนง.": "สำนักงาน",
    "รก.": "รักษาการ",
    "อบต.": "องค์การบริหารส่วนตำบล",
    "อบจ.": "องค์การบริหารส่วนจังหวัด",
}
_ENGLISH = {  # of the form in English; the longer ones first
    "deputy permanent secretary": "รองปลัด",
    "deputy municipal clerk": "รองปลัด",
    "permanent secretary": "ปลัด",
    "municipal clerk": "ปลัด",
    "deputy mayor": "รองนายก",
    "vice mayor": "รองนายก",
    "chief executive": "นายก",
    "mayor": "นายก",
}
_IN_ENGLISH = re.compile("|".join(_ENGLISH), re.IGNORECASE)
_LEADERS = (
    *("ผู้อำนวยการ", "หัวหน้าส่วนราชการ", "หัวหน้า", "รักษาการ", "เจ้าหน้าที่", "พนักงาน", "ผู้ช่วย", "ลูกจ้าง"),
    *("คนใน", "บุคลากร", "ข้าราชการ"),
)
_OFFICERS = re.compile("^(?:เจ้าหน้าที่|เจ้าพนักงาน|นักวิชาการ|นักจัดการ|พนักงาน|นัก)")
_UNIT_KINDS = ("", "กอง", "สำนัก", "ส่วน", "ฝ่าย", "งาน")
_ALL_TOP = ("ผู้บริหาร", "คณะผู้บริหาร", "ฝ่ายบริหาร", "ฝ่ายการเมือง")
_TOP = ("นายก", "รองนายก", "ปลัด")
# People and posts outside the office whose titles begin alike.
_OUTSIDE = re.compile("^(?:รอง)?(?:นายก(?:รัฐ|สมาคม|สโมสร|เหล่า)|ปลัด(?:อำเภอ|จังหวัด|กระทรวง))")
_LEVELS = re.compile(
    "(?:เทศบาล(?:ตำบล|เมือง|นคร).*|เทศบาล|องค์การบริหารส่วน.*|ชำนาญการพิเศษ|ชำนาญการ|ชำนาญงาน|ปฏิบัติการ|ปฏิบัติงาน|อาวุโส|เชี่ยวชาญ|"
    r"ระดับ.*|\(.*)$"
)
_BEFORE_NAMES = sorted(
    {*TITLES, *_LEADERS, *("คุณ", "ท่าน", "พี่", "ลุง", "ป้า", "น้า", "นายก", "รองนายก", "ปลัด", "รองปลัด")},
    key=len,
    reverse=True,
)
_ASIDE = re.compile(r"\([^()]*\)?")
_BETWEEN = re.compile(r"[\s,;/()]+")
_SOFT = re.compile("[\u0e47-\u0e4e\u0e3a.]")
_ALIKE = str.maketrans("ศษฌญณฎฏฐฑฒธภฬ", "สสชยนดตถทททพล")
_TEXT_MAX = 300
_NAME_LIKE = 84
_PART_LIKE = 80
_FAMILY_LIKE = 65
_TITLE_LIKE = 86
_PART_MIN = 3  # letters without tones; of so few, all must be equal
_UNIT_MIN = 5
_FIELD_MIN = 4


@dataclass(slots=True)
class Meant:
    """Who is meant. people, units: pks. is_top: the mayor, a deputy mayor or the permanent secretary is among them.

    is_ours: somebody of the office is meant, found or not.
    """

    people: set[int] = field(default_factory=set)
    units: set[int] = field(default_factory=set)
    is_top: bool = False
    is_ours: bool = False


class Office:
    """The office on a day, held in memory: six queries whatever is asked of it."""

    def __init__(self, agency: Agency, day: date) -> None:
        self.names: UnitNames = unit_names(agency, day)
        self.units: dict[int, Unit] = self.names.by_pk
        everybody = Person.objects.filter(agency=agency)
        self.people: dict[int, Person] = {one.pk: one for one in everybody}
        self.posts: dict[int, Post] = {one.pk: one for one in Post.objects.filter(agency=agency).on(day)}
        held = Appointment.objects.filter(agency=agency).on(day).values_list("person_id", "post_id")
        self.held: list[tuple[int, Post]] = [
            (self.root(person), self.posts[post]) for person, post in held if post in self.posts
        ]
        roles = PostRole.objects.filter(post__agency=agency, role__in=(Role.MAYOR, Role.SECRETARY))
        self._led: dict[int, set[str]] = {}
        for post, role in roles.values_list("post_id", "role"):
            self._led.setdefault(post, set()).add(role)

    def root(self, person: int) -> int:
        """Give the person that a spelling was merged into."""
        known = self.people.get(person)
        while known is not None and known.merged_into_id:
            person = known.merged_into_id
            known = self.people.get(person)
        return person

    def posts_of(self, people: Iterable[int]) -> list[Post]:
        """Give the posts that people fill or act in."""
        wanted = set(people)
        return [post for person, post in self.held if person in wanted]

    def people_in(self, units: Iterable[int]) -> set[int]:
        """Give who fills or acts in a post of some units."""
        wanted = set(units)
        return {person for person, post in self.held if post.unit_id in wanted}

    def people_at(self, posts: Iterable[Post]) -> set[int]:
        """Give who fills or acts in some posts."""
        wanted = {post.pk for post in posts}
        return {person for person, post in self.held if post.pk in wanted}

    def above(self, units: Iterable[int]) -> set[int]:
        """Give units and all above them."""
        found: set[int] = set()
        for pk in units:
            unit: Unit | None = self.units.get(pk)
            while unit is not None and unit.pk not in found:
                found.add(unit.pk)
                unit = self.units.get(unit.parent_id) if unit.parent_id else None
        return found

    def below(self, units: Iterable[int]) -> set[int]:
        """Give units and all below them."""
        wanted = set(units)
        return {pk for pk in self.units if self.above([pk]) & wanted}

    def is_top(self, post: Post) -> bool:
        """Whether a post is the mayor's, a deputy mayor's or the permanent secretary's."""
        title, roles = fold(post.title), self._led.get(post.pk, set())
        if Role.MAYOR in roles or title.startswith(_TOP):
            return True
        return Role.SECRETARY in roles and not title.startswith("รอง")

    def leads_office(self, post: Post) -> bool:
        """Whether a post stands over every unit: one of the top, or a deputy of the permanent secretary."""
        is_deputy = fold(post.title).startswith("รองปลัด") or Role.SECRETARY in self._led.get(post.pk, set())
        return is_deputy or self.is_top(post)


def heads_unit(post: Post) -> bool:
    """Whether a post heads its unit."""
    return post.is_head or fold(post.title).startswith(("ผู้อำนวยการ", "หัวหน้า"))


def meant_by(office: Office, accused: Iterable[Accused]) -> Meant:
    """Give who is meant by all that are accused."""
    meant = Meant()
    for one in accused:
        _add_chosen(office, meant, one)
        for text in (one.name, one.position, one.unit):
            _add_typed(office, meant, _spelt_out(collapse(text[:_TEXT_MAX])))
    meant.is_top = meant.is_top or any(office.is_top(post) for post in office.posts_of(meant.people))
    meant.is_ours = meant.is_ours or meant.is_top or bool(meant.people or meant.units)
    return meant


def _add_chosen(office: Office, meant: Meant, accused: Accused) -> None:
    if accused.person_id in office.people:
        meant.people.add(office.root(accused.person_id))
    if accused.post_id in office.posts:
        _add_posts(office, meant, [office.posts[accused.post_id]])
    if accused.unit_id in office.units:
        meant.units.add(accused.unit_id)


def _add_posts(office: Office, meant: Meant, posts: Sequence[Post]) -> None:
    """A post means whoever fills it, and its unit also when it is vacant."""
    meant.people |= office.people_at(posts)
    meant.units |= {post.unit_id for post in posts if post.unit_id}
    meant.is_top = meant.is_top or any(office.is_top(post) for post in posts)
    meant.is_ours = meant.is_ours or bool(posts)


def _add_typed(office: Office, meant: Meant, text: str) -> None:
    if not fold(text):
        return
    variants = _name_variants(text)
    meant.people |= {office.root(pk) for pk, one in office.people.items() if _is_called(one, variants)}
    if _is_person(text) or _OUTSIDE.match(_title(text)):
        return
    start = _start_of_leaders(text)
    meant.is_top = meant.is_top or start in _TOP or fold(text).startswith(_ALL_TOP)
    meant.is_ours = meant.is_ours or bool(start)
    _add_posts(office, meant, [post for post in office.posts.values() if _is_titled(post, text, start)])
    meant.units |= _units_in(office, text)


def _spelt_out(text: str) -> str:
    for short, full in _SHORT.items():
        text = text.replace(short, full)
    return _IN_ENGLISH.sub(lambda found: _ENGLISH[found[0].lower()], text.removeprefix("the ").removeprefix("The "))


def _is_person(text: str) -> bool:
    """Whether a text is a person's name with a title and a surname, so that นายกมล ใจดี is no นายก."""
    name = read_name(text)
    return name is not None and bool(name.surname)


# --- people -----------------------------------------------------------------------------------------------------------
def _name_variants(text: str) -> tuple[tuple[str, ...], ...]:
    """Give the words of a name as they stand, and without the titles before them."""
    bare = _ASIDE.sub(" ", text) if not text.startswith("(") else text
    words = [word for word in _BETWEEN.split(bare) if word]
    name = read_name(bare)
    read = [name.given, *name.surname.split()] if name else words
    every = (words, read, [_without_title(word) for word in words], [_without_title(word) for word in read])
    return tuple(dict.fromkeys(tuple(bare for bare in map(_bare, variant) if bare) for variant in every))


def _without_title(word: str) -> str:
    return next((word[len(title) :] for title in _BEFORE_NAMES if word.startswith(title)), word)


def _bare(text: str) -> str:
    """Give a name as it is remembered: no tones, no silent marks, one letter for each sound."""
    return _SOFT.sub("", fold(text)).translate(_ALIKE).replace("รร", "ั").replace("ำ", "ัม").replace("ัมม", "ัม")


def _is_called(person: Person, variants: Iterable[Sequence[str]]) -> bool:
    """Whether a typed name is close to a person's, or holds it."""
    given, family = _bare(person.given_name), _bare(person.family_name)
    return bool(given) and any(_is_alike(words, given, family) for words in variants if words)


def _is_alike(words: Sequence[str], given: str, family: str) -> bool:
    from rapidfuzz import fuzz  # noqa: PLC0415  # reason: 30 ms that only a report should pay

    typed, full = "".join(words), given + family
    if fuzz.ratio(typed, full) >= _NAME_LIKE or (len(given) > _PART_MIN and family and full in typed):
        return True
    if len(words) == 1:
        return _is_part(words[0], given) or (bool(family) and _is_part(words[0], family))
    pairs = zip(words, words[1:], strict=False)
    return any(_is_part(one, given) and fuzz.ratio(two, family) >= _FAMILY_LIKE for one, two in pairs)


def _is_part(typed: str, part: str) -> bool:
    from rapidfuzz import fuzz  # noqa: PLC0415  # reason: as above

    return typed == part or (min(len(typed), len(part)) > _PART_MIN and fuzz.ratio(typed, part) >= _PART_LIKE)


# --- posts and units --------------------------------------------------------------------------------------------------
def _start_of_leaders(text: str) -> str:
    """Give นายก, รองนายก, ปลัด or รองปลัด when a text begins with it; else nothing."""
    typed = _title(text)
    return next((start for start in (*_TOP, "รองปลัด") if typed.startswith(start)), "")


def _title(text: str) -> str:
    """Give the title of a post without politeness, without the words of acting, and without its level."""
    bare = fold(text).removeprefix("ท่าน").removeprefix("รักษาการ").removeprefix("แทน").removeprefix("ตำแหน่ง")
    return _LEVELS.sub("", bare) or bare


def _is_titled(post: Post, text: str, start: str) -> bool:
    """Whether a text is close to the title of a post, or begins with it. start: as _start_of_leaders."""
    from rapidfuzz import fuzz  # noqa: PLC0415  # reason: as above

    typed, title = _title(text), _title(post.title)
    if start:
        return title.startswith(start)
    if fuzz.ratio(typed, title) >= _TITLE_LIKE or (len(title) >= _UNIT_MIN and typed.startswith(title)):
        return True
    work = _OFFICERS.sub("", typed)
    return work != typed and len(work) >= _FIELD_MIN and work == _OFFICERS.sub("", title)


def _units_in(office: Office, text: str) -> set[int]:
    """Give the units that a text names: by itself, after the word for who leads it, or in the middle."""
    bare = fold(text)
    rests = [bare, *(bare.removeprefix(leader) for leader in _LEADERS if bare.startswith(leader))]
    found = {unit.pk for rest in rests for kind in _UNIT_KINDS if rest and (unit := office.names.find(kind + rest))}
    return found | {pk for pk, unit in office.units.items() if _names(bare, rests, fold(unit.name))}


def _names(bare: str, rests: Iterable[str], unit: str) -> bool:
    from rapidfuzz import fuzz  # noqa: PLC0415  # reason: as above

    if len(unit) < _UNIT_MIN:
        return False
    return unit in bare or any(fuzz.ratio(rest, unit) >= _TITLE_LIKE for rest in rests)
