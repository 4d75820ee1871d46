"""Carrying last year's items over by the crosswalk; splits and merges wait until a person says what is taken."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import CarryState, Cycle, Finding, ItemState, ScoreSnapshot
from prongsai.web.cycles.queries.carry import candidates_of, plan_between
from prongsai.web.cycles.queries.scores import latest_snapshot, tree_of
from prongsai.web.cycles.services.guard import require_open

_CODES_MAX = 200


@transaction.atomic
def carry_over(scope: Scope, *, cycle: Cycle, source: Cycle) -> Cycle:
    """Give every item what the earlier cycle's items left it; those of a split or merge wait for an answer.

    Raises ValidationError for another agency's, a later or another kind's cycle, and when something was carried over
    already; CycleClosed.
    """
    require_open(cycle)
    cycle.refresh_from_db(fields=["carried_from"])  # of two who carry over at once the second is told
    _check(scope, cycle, source)
    plan = plan_between(source.framework_id, cycle.framework_id)
    olds = {old.code: old for old in source.items.select_related("unit", "post")}
    givers = _Givers(scope, source)
    changed = []
    links = []
    for item in cycle.items.all():
        origin = plan.origins.get(item.code)
        found = [olds[code] for code in origin.from_codes if code in olds] if origin else []
        if not found:
            continue
        links += [_Link(from_itemstate_id=item.pk, to_itemstate_id=old.pk) for old in found]
        item.last_codes = ", ".join(old.code for old in found)[:_CODES_MAX]
        if origin and origin.asked:
            item.carry = CarryState.ASK
        else:
            givers.give(item, found)
        changed.append(item)
    ItemState.objects.bulk_update(changed, _CARRIED)
    _Link.objects.bulk_create(links)
    journal.change(scope, cycle, "cycle.carry", carried_from=source)
    asked = sum(item.carry == CarryState.ASK for item in changed)
    journal.note(scope, "cycle.carry_items", cycle, {"carried": (0, len(changed) - asked), "asked": (0, asked)})
    return cycle


_CARRIED = ("carry", "last_codes", "last_score", "last_remark", "unit", "post")
_Link = ItemState.last_items.through


def _check(scope: Scope, cycle: Cycle, source: Cycle) -> None:
    same = source.agency_id == cycle.agency_id == scope.agency.pk and source.framework_kind == cycle.framework_kind
    if not same or source.fiscal_year_be >= cycle.fiscal_year_be:
        raise ValidationError(_("ยกข้อมูลมาได้เฉพาะจากรอบของปีก่อนหน้า ในการประเมินชนิดเดียวกัน"))
    if cycle.carried_from_id:
        raise ValidationError(_("รอบนี้ยกข้อมูลจากปีก่อนมาแล้ว"))


class _Givers:
    """What items of an earlier cycle hand on; fetched once for all of them."""

    def __init__(self, scope: Scope, source: Cycle) -> None:
        self.today = scope.today
        official = latest_snapshot(source)
        self.scores = _item_scores(official) if official else {}
        self.remarks = _remarks(source)

    def give(self, item: ItemState, olds: Sequence[ItemState]) -> None:
        """Hand score, remark and owner on; of several the lowest score, every remark, the first owner in office."""
        scores = [self.scores[old.code] for old in olds if old.code in self.scores]
        item.carry = CarryState.CARRIED if olds else CarryState.NONE
        item.last_score = min(scores, default=None)
        item.last_remark = "\n".join(self._told(old, len(olds) > 1) for old in olds if self._remark(old))
        item.unit = item.unit or next((o.unit for o in olds if o.unit and o.unit.holds_on(self.today)), None)
        item.post = item.post or next((o.post for o in olds if o.post and o.post.holds_on(self.today)), None)

    def _remark(self, old: ItemState) -> str:
        return old.remark or self.remarks.get(old.pk, "")

    def _told(self, old: ItemState, named: bool) -> str:
        return f"{old.code}: {self._remark(old)}" if named else self._remark(old)


def _item_scores(snapshot: ScoreSnapshot) -> dict[str, Decimal]:
    return {each.code: each.score for each in tree_of(snapshot.result).items() if each.score is not None}


def _remarks(source: Cycle) -> dict[int, str]:
    """Where no remark was written down, what the gaps of the item advise."""
    found: dict[int, list[str]] = {}
    for finding in Finding.objects.filter(cycle=source, item__isnull=False).exclude(advice=""):
        found.setdefault(finding.item_id or 0, []).append(finding.advice)
    return {pk: "\n".join(dict.fromkeys(texts)) for pk, texts in found.items()}


@transaction.atomic
def settle_carry(scope: Scope, *, item: ItemState, take: Iterable[ItemState], version: int | None = None) -> ItemState:
    """Say which old items an item of a split or merge takes over; none is an answer, too.

    What is not taken stays visible as left over. Raises Stale, CycleClosed, ValidationError for items that the
    crosswalk does not lead here from.
    """
    require_open(item.cycle)
    source = item.cycle.carried_from
    allowed = {old.pk for old in candidates_of(item, source)} if source else set()
    taken = list(ItemState.objects.filter(pk__in=[old.pk for old in take]).select_related("unit", "post"))
    if source is None or not {old.pk for old in taken} <= allowed:
        raise ValidationError(_("ข้อที่เลือกไม่ใช่ข้อเดิมของข้อนี้ตามตารางเทียบข้อ"))
    before = sorted(item.last_items.values_list("code", flat=True))
    _Givers(scope, source).give(item, taken)
    values = {name: getattr(item, name) for name in _CARRIED}
    item.last_items.set(taken)
    journal.change(scope, item, "item.carry", version=version, **values)
    journal.note(scope, "item.carry_from", item, {"last_items": (before, sorted(old.code for old in taken))})
    return item


def refresh_scores(scope: Scope, cycle: Cycle) -> int:
    """Hand a new official result on to the open cycles that took over from this one; gives how many items changed."""
    official = latest_snapshot(cycle)
    if official is None:
        return 0
    scores, changed = _item_scores(official), []
    nexts = ItemState.objects.filter(cycle__carried_from=cycle, cycle__state="open", carry=CarryState.CARRIED)
    for item in nexts.prefetch_related("last_items"):
        found = min((scores[old.code] for old in item.last_items.all() if old.code in scores), default=None)
        if found is not None and found != item.last_score:
            item.last_score = found
            changed.append(item)
    ItemState.objects.bulk_update(changed, ["last_score"])
    if changed:
        journal.note(scope, "cycle.refresh_scores", cycle, {"items": (None, len(changed))})
    return len(changed)
