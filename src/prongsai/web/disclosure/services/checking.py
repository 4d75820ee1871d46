"""Looking at addresses from outside: what was seen is kept, hashed and, when it changed, proven.

The database is not held while a server is asked: that may take long. Each result is saved as it comes, so that a run
may be stopped at any time and the next one goes on with what is left.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from prongsai.errors import LimitExceeded
from prongsai.inspection.model import Seen
from prongsai.inspection.policy import Policy
from prongsai.inspection.reach import look, look_all
from prongsai.web import environment
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.disclosure.models import ADDRESS_MAX, Check, Occasion, Reach, Submission, Watched
from prongsai.web.disclosure.queries.plain import plain
from prongsai.web.disclosure.queries.proof import told_of_check
from prongsai.web.disclosure.queries.watching import due, is_season
from prongsai.web.disclosure.services import alerts, pictures
from prongsai.web.disclosure.services.bodies import keep_seen, suffix_of
from prongsai.web.disclosure.services.clicks import count_clicks, must_count
from prongsai.web.disclosure.services.proof import prove
from prongsai.web.disclosure.services.watching import watch_all
from prongsai.web.evidence.models import File

BODY_MAX = 10_000_000  # bytes that are kept of one answer
RUN_MAX = 5_000
WORKERS = 16
_PICTURED = (Occasion.PUBLICATION, Occasion.SUBMISSION)
_TAKEN_FOR = timedelta(hours=1)  # an address that a run took and never came back to is due again after this
_FAULT_HOURLY = timedelta(days=1)
# A little less than hour, day and week, so that a command that runs at the same minute finds them due.
_HOUR, _DAY, _WEEK = timedelta(minutes=50), timedelta(hours=23), timedelta(days=6, hours=23)


def usual_policy() -> Policy:
    """Give how addresses are looked at: internal ones only where ``PRONGSAI_CHECK_PRIVATE`` says so."""
    return Policy(
        allow_private=environment.flag("PRONGSAI_CHECK_PRIVATE"), keep_bytes=BODY_MAX, today=timezone.localdate()
    )


def check(watched: Watched, *, occasion: str, policy: Policy | None = None) -> Check:
    """Look at an address now and keep what was seen; at publication and submission with a picture.

    It takes as long as the server does, and a picture some seconds more. What is wrong with the address stands in the
    result; nothing is raised for it.
    """
    policy = policy or usual_policy()
    seen = look(watched.address, policy=policy)
    picture = pictures.picture_of(seen, policy=policy) if occasion in _PICTURED else None
    return keep_look(watched, seen=seen, occasion=occasion, picture=picture)


def check_now(scope: Scope, *, watched: Watched, policy: Policy | None = None) -> Check:
    """Look because somebody asked for it; who it was stands in the journal, and others are told of a change."""
    journal.note(scope, "watched.check", watched)
    made = check(watched, occasion=Occasion.MANUAL, policy=policy)
    alerts.tell(scope.agency)
    return made


def keep_look(
    watched: Watched, *, seen: Seen, occasion: str, picture: bytes | None = None, season: bool | None = None
) -> Check:
    """Keep what was seen: a row for every look, the bytes when they changed, an entry of proof when anything did.

    Looks stand in the chain of proof, not in the journal: nobody acts, and there are many. season: whether assessors
    look now, where it is known.
    """
    scope = system_scope(watched.agency)
    before = watched.checks.first()
    body = _body(scope, before, seen, occasion)
    shown = (
        keep_seen(scope, name=f"picture-{watched.pk}.png", content=picture, media_type="image/png") if picture else None
    )
    with transaction.atomic():
        journal.take_turn(scope.agency)
        current = Watched.objects.select_for_update().get(pk=watched.pk)
        made = _look(current, seen, occasion, body, shown)
        made.save(force_insert=True)
        if _is_proven(made, before):
            prove(scope.agency, kind="check", subject=made.pk, content=told_of_check(made))
        _note_state(current, made, is_season(watched.agency, timezone.localdate()) if season is None else season)
    watched.__dict__.update(current.__dict__)
    return made


def _look(watched: Watched, seen: Seen, occasion: str, body: File | None, picture: File | None) -> Check:
    return Check(
        watched=watched,
        at=timezone.now(),  # one clock for looks, states and chain
        occasion=occasion,
        state=state_of(seen),
        status=seen.status,
        final_address=seen.final_address[:ADDRESS_MAX],
        hops=[[hop.status, hop.address] for hop in seen.hops],
        headers=plain(seen.headers),
        media_type=seen.media_type[:100],
        size=seen.size,
        sha256=seen.sha256,
        took_ms=seen.took_ms,
        tls_until=seen.tls_until,
        problems=[plain(problem.to_json()) for problem in seen.problems],
        body=body,
        picture=picture,
    )


def state_of(seen: Seen) -> Reach:
    """Say how an address was found: a fault is what keeps an assessor from seeing it."""
    if not seen.is_open:
        return Reach.FAULT
    return Reach.WARNING if any(one.severity == "warning" for one in seen.problems) else Reach.FINE


def _body(scope: Scope, before: Check | None, seen: Seen, occasion: str) -> File | None:
    """Keep the bytes when they differ from those before; at publication and submission in any case."""
    if not seen.content or (occasion not in _PICTURED and _last_hash(before) == seen.sha256):
        return None
    try:
        name = f"seen{suffix_of(seen.media_type)}"
        return keep_seen(scope, name=name, content=seen.content, media_type=seen.media_type)
    except LimitExceeded:  # the office takes less than we would keep; the hash stands
        return None


def _last_hash(before: Check | None) -> str:
    """Give the hash of what was seen last; a look that saw nothing lies between."""
    if before is None or before.sha256:
        return before.sha256 if before else ""
    last = Check.objects.filter(watched=before.watched_id).exclude(sha256="").first()
    return last.sha256 if last else ""


def _is_proven(made: Check, before: Check | None) -> bool:
    if before is None or made.occasion != Occasion.SCHEDULED:
        return True
    return (made.sha256, made.state) != (before.sha256, before.state)


def _note_state(watched: Watched, made: Check, season: bool) -> None:
    if watched.state != made.state or watched.since is None:
        watched.state, watched.since = made.state, made.at
    watched.codes = [problem["code"] for problem in made.problems]
    watched.checked_at = made.at
    watched.next_at = next_at(watched, made.at, season=season)
    watched.save(update_fields=["state", "since", "codes", "checked_at", "next_at"])


def next_at(watched: Watched, now: datetime, *, season: bool) -> datetime:
    """Say when to look again: what broke within the day every hour, daily while assessors look, else weekly.

    What stays broken is looked at daily, so that its mend is noticed.
    """
    if watched.state == Reach.FAULT:
        is_new = watched.since is None or abs(now - watched.since) < _FAULT_HOURLY  # a clock may have run ahead
        return now + (_HOUR if is_new else _DAY)
    return now + (_DAY if season else _WEEK)


# --- a run ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did. looked: at how many addresses; faults: how many cannot be opened; told: mails written."""

    looked: int
    faults: int
    told: int


def check_due(
    *,
    limit: int | None = None,
    agency: Agency | None = None,
    policy: Policy | None = None,
    workers: int = WORKERS,
    now: datetime | None = None,
) -> Ran:
    """Look at everything that is due, many at once and each host gently; tell who must know; count clicks once a week.

    limit: at most so many. It may be stopped at any time: what was looked at is saved, the rest stays due.
    """
    policy, now = policy or usual_policy(), now or timezone.now()
    agencies = [agency] if agency else list(Agency.objects.all())
    for each in agencies:
        watch_all(system_scope(each))
    taken = _taken([each.pk for each in agencies], limit or RUN_MAX, now)
    looked = faults = 0
    try:
        for made in _looks(taken, policy, workers):
            looked, faults = looked + 1, faults + (made.state == Reach.FAULT)
    finally:
        _give_back(taken, now)
        told = sum(alerts.tell(each) for each in agencies)
    for each in agencies:
        if limit is None and must_count(each, now):
            count_clicks(each, policy=policy)
    return Ran(looked, faults, told)


def _taken(agencies: Collection[int], limit: int, now: datetime) -> dict[int, str]:
    """Take what is due, so that a second run beside this one looks at other addresses: primary key → address."""
    with transaction.atomic():
        found = due(now).filter(agency__in=agencies).select_for_update(skip_locked=True)
        taken = dict(found.values_list("pk", "address")[:limit])
        Watched.objects.filter(pk__in=list(taken)).update(next_at=now + _TAKEN_FOR)
    return taken


def _looks(taken: Mapping[int, str], policy: Policy, workers: int) -> Iterator[Check]:
    rows = Watched.objects.select_related("agency", "page__current", "item__submission").in_bulk(list(taken))
    by_address: dict[str, list[Watched]] = defaultdict(list)
    for pk, address in taken.items():
        by_address[address].append(rows[pk])
    agencies = {row.agency_id: row.agency for row in rows.values()}
    seasons = {pk: is_season(agency, timezone.localdate()) for pk, agency in agencies.items()}
    for seen in look_all(by_address, policy=policy, workers=workers):
        for watched in by_address[seen.address]:
            occasion = _occasion(watched)
            picture = pictures.picture_of(seen, policy=policy) if occasion in _PICTURED else None
            season = seasons[watched.agency_id]
            yield keep_look(watched, seen=seen, occasion=occasion, picture=picture, season=season)


def _occasion(watched: Watched) -> Occasion:
    """Tell the first look after a submission or a publication from those that only the schedule asks for."""
    submission: Submission | None = getattr(watched.item, "submission", None)
    if submission and submission.address == watched.address and _is_since(watched, submission.pasted_at):
        return Occasion.SUBMISSION
    release = watched.page.current if watched.page else None
    return Occasion.PUBLICATION if release and _is_since(watched, release.published_at) else Occasion.SCHEDULED


def _is_since(watched: Watched, at: datetime | None) -> bool:
    return at is not None and (watched.checked_at is None or watched.checked_at < at)


def _give_back(taken: Mapping[int, str], now: datetime) -> None:
    """Make due again what the run took and did not look at."""
    left = Watched.objects.filter(pk__in=list(taken), next_at=now + _TAKEN_FOR)
    left.update(next_at=now)
