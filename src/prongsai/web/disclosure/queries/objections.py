"""Disputes of scores: which items may be disputed, and everything that proves what stood there and when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, ElementEvidence, ElementState, ItemState, ScoreSnapshot
from prongsai.web.cycles.queries import latest_snapshot
from prongsai.web.cycles.queries.items import FULL
from prongsai.web.cycles.queries.scores import tree_of
from prongsai.web.disclosure.models import (
    Check,
    Objection,
    ProofEntry,
    Reach,
    Release,
    ReleaseFile,
    ReleaseState,
    Submission,
    Watched,
)
from prongsai.web.disclosure.queries.proof import midnight
from prongsai.web.disclosure.queries.watching import Window, window_of


# --- what may be disputed -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Disputable:
    """An item that did not get the full score. score None: only the score of its indicator is known."""

    item: ItemState
    score: Decimal | None
    elements: tuple[ElementState, ...]
    submission: Submission | None
    looks: int


def disputable(cycle: Cycle) -> tuple[Disputable, ...]:
    """Give the items of a cycle whose official score is below full; none while there are no official scores."""
    snapshot = latest_snapshot(cycle)
    if snapshot is None:
        return ()
    scores = scores_of(snapshot)
    items = cycle.items.prefetch_related("elements").select_related("submission")
    low = [item for item in items if (score := scores.get(item.code)) is None or score < FULL]
    looks = _looks_by_item(low)
    return tuple(
        Disputable(item, scores.get(item.code), tuple(item.elements.all()), _submission(item), looks.get(item.pk, 0))
        for item in low
    )


def scores_of(snapshot: ScoreSnapshot) -> dict[str, Decimal | None]:
    """Give the items' scores of a snapshot by code, None where only the indicator's is known."""
    return {branch.code: branch.score for branch in tree_of(snapshot.result).items()}


def _submission(item: ItemState) -> Submission | None:
    return getattr(item, "submission", None)


def _looks_by_item(items: Sequence[ItemState]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for item in Check.objects.filter(watched__item__in=items).order_by().values_list("watched__item", flat=True):
        counts[item] += 1
    return counts


def objections_of(scope: Scope, cycle: Cycle) -> QuerySet[Objection]:
    """Give the disputes of a cycle, the newest first."""
    found = Objection.objects.filter(cycle=cycle, cycle__agency=scope.agency)
    return found.select_related("cycle__agency", "pack__agency", "made_by")


# --- what proves ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Answer:
    """An element with what answers it. evidence: title, page or place in it, and address of each piece."""

    element: ElementState
    is_disputed: bool
    evidence: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A release with the days on which it stood at the address. until None: it still does."""

    release: Release
    files: tuple[ReleaseFile, ...]
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Case:
    """A disputed item with everything that proves it. looks: the oldest first; entries: of the chain."""

    item: ItemState
    words: str
    score: Decimal | None
    submission: Submission | None
    address: str
    answers: tuple[Answer, ...]
    looks: tuple[Check, ...]
    standings: tuple[Standing, ...]
    entries: tuple[ProofEntry, ...]

    @property
    def disputed(self) -> tuple[ElementState, ...]:
        """The elements that are disputed; none: the item as a whole."""
        return tuple(answer.element for answer in self.answers if answer.is_disputed)

    @property
    def snapshots(self) -> tuple[Check, ...]:
        """The looks of which bytes or a picture are kept."""
        return tuple(look for look in self.looks if look.body_id or look.picture_id)

    @property
    def open_count(self) -> int:
        """How often an assessor would have seen it."""
        return sum(look.state in (Reach.FINE, Reach.WARNING) for look in self.looks)

    @property
    def erased_count(self) -> int:
        """How many files were erased for privacy, so that only their hash is left."""
        files = [file.file for standing in self.standings for file in standing.files]
        files += [file for look in self.looks for file in (look.body, look.picture) if file]
        return len({file.pk for file in files if file.erased_at})


def cases_of(objection: Objection, *, until: datetime | None = None) -> tuple[Case, ...]:
    """Give every disputed item with its proof, up to a time; the same few queries however many items there are."""
    until = until or timezone.now()
    cycle = objection.cycle
    asked = cycle.items.filter(key__in=[point["item"] for point in objection.points])
    items = list(asked.select_related("submission__pasted_by", "submission__approved_by"))
    window = window_of(cycle)
    snapshot = latest_snapshot(cycle)
    found = _Found(items, window, until)
    scores = scores_of(snapshot) if snapshot else {}
    points = {point["item"]: point for point in objection.points}
    return tuple(found.case(item, points[item.key], scores.get(item.code)) for item in items)


class _Found:
    """What is known of some items up to a time, fetched at once; each by the item's key in the database."""

    def __init__(self, items: Sequence[ItemState], window: Window | None, until: datetime) -> None:
        self.until, self.start = until, midnight(window.start) if window else None
        self.agency = items[0].cycle.agency_id if items else 0
        self.submissions = {item.pk: one for item in items if (one := _submission(item))}
        self.elements: dict[int, list[ElementState]] = defaultdict(list)
        for element in _elements(items):
            self.elements[element.item_id].append(element)
        self.looks = self._looks(items)
        self.releases: dict[int, list[Release]] = defaultdict(list)
        for release in _releases(items, until):
            self.releases[release.page.item_id or 0].append(release)
        self.entries = self._entries()

    def case(self, item: ItemState, point: Mapping[str, object], score: Decimal | None) -> Case:
        submission, looks = self.submissions.get(item.pk), self.looks.get(item.pk, [])
        standings = _standings(self.releases.get(item.pk, []), self.start, self.until)
        asked = point.get("criterion")
        disputed = set(asked) if isinstance(asked, list) else set()
        about = {("check", look.pk) for look in looks} | {("release", one.release.pk) for one in standings}
        about |= {("submission", submission.pk)} if submission else set()
        return Case(
            item=item,
            words=str(point.get("words") or ""),
            score=score,
            submission=submission,
            address=submission.address if submission else next((look.watched.address for look in looks), ""),
            answers=tuple(_answer(one, disputed) for one in self.elements.get(item.pk, [])),
            looks=tuple(looks),
            standings=standings,
            entries=tuple(
                sorted((one for key in about for one in self.entries.get(key, ())), key=lambda one: one.number)
            ),
        )

    def _looks(self, items: Sequence[ItemState]) -> dict[int, list[Check]]:
        """Give the looks at the address that was submitted for an item; without one, at what is watched for it."""
        asked = {one.address: item for item, one in self.submissions.items()}
        rows = Q(item__in=[item for item in items if item.pk not in self.submissions]) | Q(address__in=list(asked))
        checks = Check.objects.filter(watched__in=Watched.objects.filter(rows, agency=self.agency))
        checks = checks.filter(at__lte=self.until, **({"at__gte": self.start} if self.start else {}))
        found: dict[int, list[Check]] = defaultdict(list)
        for check in checks.select_related("watched", "body__agency", "picture__agency").order_by("at", "pk"):
            found[asked.get(check.watched.address) or check.watched.item_id or 0].append(check)
        return found

    def _entries(self) -> dict[tuple[str, int], list[ProofEntry]]:
        subjects = {
            "check": [look.pk for looks in self.looks.values() for look in looks],
            "release": [release.pk for releases in self.releases.values() for release in releases],
            "submission": [one.pk for one in self.submissions.values()],
        }
        asked = reduce(or_, (Q(kind=kind, subject__in=keys) for kind, keys in subjects.items()))
        found: dict[tuple[str, int], list[ProofEntry]] = defaultdict(list)
        for entry in ProofEntry.objects.filter(asked, agency=self.agency, at__lte=self.until).order_by("number"):
            found[entry.kind, entry.subject].append(entry)
        return found


def _elements(items: Sequence[ItemState]) -> QuerySet[ElementState]:
    found = ElementState.objects.filter(item__in=items).order_by("place")
    return found.select_related("judged_by").prefetch_related("proofs__evidence__file")


def _releases(items: Sequence[ItemState], until: datetime) -> QuerySet[Release]:
    found = Release.objects.filter(page__item__in=items, state=ReleaseState.APPROVED, published_at__lte=until)
    return found.select_related("page").prefetch_related("files__file__agency").order_by("published_at", "number")


def _answer(element: ElementState, disputed: set[str]) -> Answer:
    proofs: Iterable[ElementEvidence] = element.proofs.all()
    evidence = tuple((proof.evidence.title, proof.page, proof.evidence.address) for proof in proofs)
    return Answer(element, element.key in disputed, evidence)


def _standings(releases: Sequence[Release], start: datetime | None, until: datetime) -> tuple[Standing, ...]:
    """Give the releases that stood at the address between two times, each with its own days."""
    found = []
    for place, release in enumerate(releases):
        since = release.published_at or until
        after = releases[place + 1].published_at if place + 1 < len(releases) else _withdrawn(release, since)
        if start is None or after is None or after >= start:
            found.append(Standing(release, tuple(release.files.all()), since, after))
    return tuple(found)


def _withdrawn(release: Release, since: datetime) -> datetime | None:
    at = release.page.withdrawn_at
    return at if at and at > since and release.page.current_id is None else None
