"""What each gap costs, and the cheapest way to a target or a level."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from prongsai.errors import Problem, ProngsaiError, Severity
from prongsai.frameworks.model import Framework
from prongsai.scoring.exact import HUNDRED, ZERO, ceil_to, half_unit, half_up
from prongsai.scoring.faults import fault
from prongsai.scoring.gains import Lot, Needs, cheapest
from prongsai.scoring.grade import grade
from prongsai.scoring.outline import Key, Kind, Outline, Spot
from prongsai.scoring.outlook import Choice, Forecast, Goal, IndicatorPoints, ItemPoints, Need, Plan
from prongsai.scoring.report import ScoreReport, score_report
from prongsai.scoring.resolve import find_level
from prongsai.scoring.rollup import Node
from prongsai.scoring.scores import Scores

_NO_PLAN = ("no plan", "ยังวางแผนไม่ได้")
_MAYBE_DEAR = ("a cheaper plan may exist", "อาจมีชุดข้อที่น้อยกว่านี้")


def forecast(
    framework: Framework | Outline,
    scores: Scores,
    *,
    target: Decimal | None = None,
    level: str | None = None,
    costs: Mapping[str, Decimal] | None = None,
) -> Forecast:
    """Say what each item is worth and find the cheapest set of items that reaches a total or a level.

    target: a total of 0–100; level: code or Thai name; the framework's own target when neither is given.
    costs: by item code, 0 and up, 1 for items not named. Raises ProngsaiError for a target, level or cost
    that cannot be.
    """
    outline = framework if isinstance(framework, Outline) else Outline.of(framework)
    report = score_report(outline, scores)
    goal = _goal(outline.framework, target, level)
    return _Forecasting(outline, report, goal, _costs(outline, costs or {})).run()


def _refused(message: str, message_th: str, mend_th: str) -> ProngsaiError:
    return ProngsaiError(message, message_th=message_th, mend_th=mend_th)


def _goal(framework: Framework, target: Decimal | None, level: str | None) -> Goal:
    if level is not None:
        found = find_level(framework, level)
        if found is None:
            known = ", ".join(each.name_th for each in framework.levels)
            raise _refused(f"no level {level!r}; known: {known}", f"ไม่มีระดับ “{level}”", f"ใช้ระดับ {known}")
        least = found.minimum if target is None else max(target, found.minimum)
        return Goal(_within(least), found.instrument_minimum, found)
    return Goal(_within(framework.target_pct if target is None else target))


def _within(target: Decimal) -> Decimal:
    if not (target.is_finite() and 0 <= target <= 100):
        raise _refused(f"target {target} is not 0 to 100", f"เป้าหมาย {target} ไม่อยู่ระหว่าง 0 ถึง 100", "ระบุ 0 ถึง 100")
    return target


def _costs(outline: Outline, costs: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    for code, cost in costs.items():
        if code not in outline.items:
            raise _refused(f"no item {code!r}", f"ไม่มีข้อ {code} ในกรอบนี้", "แก้รหัสข้อในรายการต้นทุน")
        if not (cost.is_finite() and cost >= 0):
            raise _refused(f"cost {cost} of {code}", f"ต้นทุนของข้อ {code} ต้องเป็นตัวเลขตั้งแต่ 0", "แก้ต้นทุน")
    return costs


@dataclass(frozen=True, slots=True)
class _Open:
    """A node whose items of unknown score may bring so many points of its instrument.

    unfit: the known ones do not fit its score.
    """

    node: Node
    instrument: str
    points: Fraction
    unfit: bool


@dataclass(slots=True)
class _Forecasting:
    outline: Outline
    report: ScoreReport
    goal: Goal
    costs: Mapping[str, Decimal]

    @property
    def _places(self) -> int:
        return self.outline.framework.decimals

    def _least(self, minimum: Decimal) -> Fraction:
        """Give the least exact score that rounds to the minimum or more."""
        return Fraction(ceil_to(Fraction(minimum), self._places)) - half_unit(self._places)

    def run(self) -> Forecast:
        now = {node.code: node.value for node in self.report.tree.at(Kind.INSTRUMENT) if node.value is not None}
        lots, gaps, problems = self._lots()
        items, indicators = tuple(self._items()), tuple(self._indicators())
        if len(now) < len(self.outline.framework.instruments):
            return self._answer(False, items, indicators, None, (), (), (*problems, self._incomplete()))
        needs = self._needs(now)
        if needs.total <= 0 and all(need <= 0 for need in needs.instruments.values()):
            return self._answer(True, items, indicators, None, (), (), problems)
        best = {code: value + _all_gains(lots, code) + _opened(gaps, code) for code, value in now.items()}
        blocks = tuple(self._blocks(now, best))
        raised = {each.instrument: self._least(each.need) - best[each.instrument] for each in blocks}
        lifted = Needs(
            needs.total - sum((needs.weights[code] * gain for code, gain in raised.items()), ZERO),
            {code: need - raised.get(code, ZERO) for code, need in needs.instruments.items()},
            needs.weights,
        )
        counts = cheapest(lots, lifted)
        plan = None if counts is None else self._plan(lots, counts, now, raised)
        short = () if plan else tuple(self._shortfalls(now, best, raised))
        ceiling = self._ceiling(best)
        unknown = self._unknown(gaps, plan, ceiling)
        found = self._answer(False, items, indicators, plan, blocks, short, (*problems, *unknown))
        return replace(found, with_every_item=ceiling)

    def _answer(
        self,
        reached: bool,
        items: tuple[ItemPoints, ...],
        indicators: tuple[IndicatorPoints, ...],
        plan: Plan | None,
        blocks: tuple[Need, ...],
        short: tuple[Need, ...],
        problems: tuple[Problem, ...],
    ) -> Forecast:
        told = tuple(each for each in self.report.problems if each.severity is not Severity.INFO)
        return Forecast(self.report, self.goal, reached, items, indicators, plan, blocks, short, (*told, *problems))

    def _incomplete(self) -> Problem:
        known = {node.code for node in self.report.tree.at(Kind.INSTRUMENT) if node.value is not None}
        codes = ", ".join(each.code for each in self.outline.framework.instruments if each.code not in known)
        where = self.report.tree.resolved.where
        what, what_th = _NO_PLAN
        return fault("FORECAST_INCOMPLETE", where, what=what, what_th=what_th, codes=codes, then="", then_th="")

    def _ceiling(self, best: Mapping[str, Fraction]) -> Decimal:
        """Give the total with every item won and everything else as it is."""
        weights = self.outline.coefficients
        parts = (weights[Kind.INSTRUMENT, code] * min(value, HUNDRED) for code, value in best.items())
        return half_up(sum(parts, ZERO), self._places)

    def _unknown(self, gaps: tuple[_Open, ...], plan: Plan | None, ceiling: Decimal) -> Iterator[Problem]:
        """Say which item scores are missing where an indicator is below 100 for reasons nobody stated."""
        told = [gap.node for gap in gaps if not gap.unfit]
        codes = [f"{_runs(self._codes_unknown(each))} ({each.code})" for each in told]
        what, what_th = _NO_PLAN if plan is None else _MAYBE_DEAR
        if codes:
            yield fault(
                "FORECAST_INCOMPLETE",
                self.report.tree.resolved.where,
                what=what,
                what_th=what_th,
                codes=", ".join(codes),
                then=f"; with every item won the total would be {ceiling}",
                then_th=f" ชุดข้อที่น้อยที่สุดต้องใช้คะแนนรายข้อ ถ้าได้ครบทุกข้อ คะแนนรวมจะเป็น {ceiling}",
            )

    def _codes_unknown(self, indicator: Node) -> list[tuple[int, str]]:
        """Give the items of an indicator without a score, each with its place in the framework."""
        known = {node.code for node in indicator.walk() if node.kind is Kind.ITEM and node.value is not None}
        places = {code: place for place, code in enumerate(self.outline.items)}
        below = self.outline.below(indicator.key, Kind.ITEM)
        return [(places[spot.code], spot.code) for spot in below if spot.code not in known]

    def _room(self, node: Node) -> tuple[list[Lot], Fraction]:
        """Give the known gaps of an indicator or instrument, and how many points to its 100 they leave open."""
        assert node.value is not None
        instrument = node.kind is Kind.INSTRUMENT
        spot = self.outline.spots[node.key] if instrument else self.outline.parents[node.key]
        lots = list(self._lots_of(spot, node))
        taken = _gains(lots) if instrument else _gains(lots) / node.share
        return lots, HUNDRED - node.value - taken

    def _units(self) -> Iterator[Node]:
        """Give the indicators, but an instrument itself when it has a score that not all its indicators have."""
        for instrument in self.report.tree.at(Kind.INSTRUMENT):
            known = [node for node in instrument.children if node.value is not None]
            if instrument.value is None or len(known) == len(self.outline.spots[instrument.key].children):
                yield from known
            else:
                yield instrument

    def _is_open(self, node: Node, room: Fraction) -> bool:
        """Whether lost points lie in items of unknown score; where a survey counts, too, nobody can say so."""
        spots = self.outline.spots[node.key]
        parts = spots.children if node.kind is Kind.INSTRUMENT else (spots,)
        made_of_items = all(self.outline.below(part.key, Kind.ITEM) for part in parts)
        return made_of_items and room > half_unit(self._places) and bool(self._codes_unknown(node))

    def _needs(self, now: Mapping[str, Fraction]) -> Needs:
        weights = {code: self.outline.coefficients[Kind.INSTRUMENT, code] for code in now}
        overall = sum((weights[code] * value for code, value in now.items()), ZERO)
        minimum = self.goal.instrument_minimum
        instruments = {} if minimum is None else {code: self._least(minimum) - now[code] for code in now}
        return Needs(self._least(self.goal.overall) - overall, instruments, weights)

    def _items(self) -> Iterator[ItemPoints]:
        known = {node.code: node for node in self.report.tree.at(Kind.ITEM)}
        for code, item in self.outline.items.items():
            key: Key = (Kind.ITEM, code)
            worth, parent = self.outline.coefficients[key], self.outline.parents[key]
            node = known.get(code)
            value = node.value if node else None
            yield ItemPoints(
                code,
                item.key,
                item.title_th,
                parent.code,
                len(parent.children),
                worth * HUNDRED,
                node.rounded if node else None,
                None if value is None else worth * (HUNDRED - value),
            )

    def _indicators(self) -> Iterator[IndicatorPoints]:
        root = self.report.tree.root
        apart = None if root.value is None else self._least(self.goal.overall) - root.value
        for node in self.report.tree.at(Kind.INDICATOR):
            worth = self.outline.coefficients[node.key]
            gain = None if node.value is None else worth * (HUNDRED - node.value)
            needed: Decimal | None = None
            if apart is not None and gain is not None and node.value is not None and 0 < apart <= gain:
                needed = min(ceil_to(node.value + apart / worth, self._places), Decimal(100))
            instrument = self.outline.parents[node.key].code
            yield IndicatorPoints(node.code, node.title_th, instrument, worth, node.rounded, gain, needed)

    def _lots(self) -> tuple[tuple[Lot, ...], tuple[_Open, ...], tuple[Problem, ...]]:
        """Give the known gaps, and the places where items of unknown score may still bring points."""
        problems: list[Problem] = []
        lots: list[Lot] = []
        gaps: list[_Open] = []
        for node in self._units():
            own, room = self._room(node)
            unfit = room < -half_unit(self._places)
            if unfit:
                problems.append(fault("FORECAST_ITEMS_UNFIT", node.where, code=node.code))
                room += _gains(own) if node.kind is Kind.INSTRUMENT else _gains(own) / node.share
            else:
                lots += own
            if self._is_open(node, room):
                instrument = node.key if node.kind is Kind.INSTRUMENT else self.outline.parents[node.key].key
                share = Fraction(1) if node.kind is Kind.INSTRUMENT else node.share
                gaps.append(_Open(node, instrument[1], room * share, unfit))
        return tuple(lots), tuple(gaps), tuple(problems)

    def _lots_of(self, instrument: Spot, indicator: Node) -> Iterator[Lot]:
        weight = self.outline.coefficients[instrument.key]
        groups: dict[tuple[Key, Fraction], list[str]] = {}
        for node in indicator.walk():
            if node.kind is Kind.ITEM and node.value is not None and node.value < HUNDRED:
                gain = self.outline.coefficients[node.key] / weight * (HUNDRED - node.value)
                groups.setdefault((self.outline.parents[node.key].key, gain), []).append(node.code)
        for (_, gain), codes in groups.items():
            codes.sort(key=self._cost)
            yield Lot(instrument.code, gain, tuple(codes), tuple(Fraction(self._cost(code)) for code in codes))

    def _cost(self, code: str) -> Decimal:
        return self.costs.get(code, Decimal(1))

    def _blocks(self, now: Mapping[str, Fraction], best: Mapping[str, Fraction]) -> Iterator[Need]:
        minimum = self.goal.instrument_minimum
        if minimum is None:
            return
        for code, reach in best.items():
            if reach < self._least(minimum):
                yield self._need(code, now[code], reach, Fraction(ceil_to(Fraction(minimum), self._places)))

    def _need(self, code: str, have: Fraction, best: Fraction, need: Fraction) -> Need:
        places = self._places
        needed = ceil_to(need, places)
        gain = Fraction(needed) - Fraction(half_up(best, places))
        return Need(code, half_up(have, places), half_up(best, places), needed, half_up(gain, places), needed <= 100)

    def _shortfalls(
        self, now: Mapping[str, Fraction], best: Mapping[str, Fraction], raised: Mapping[str, Fraction]
    ) -> Iterator[Need]:
        weights = {code: self.outline.coefficients[Kind.INSTRUMENT, code] for code in now}
        reach = {code: min(value + raised.get(code, ZERO), HUNDRED) for code, value in best.items()}
        apart = self._least(self.goal.overall) - sum((weights[c] * value for c, value in reach.items()), ZERO)
        for code, value in reach.items():
            if value < HUNDRED and apart > 0:
                yield self._need(code, now[code], value, value + apart / weights[code])

    def _plan(
        self,
        lots: tuple[Lot, ...],
        counts: tuple[int, ...],
        now: Mapping[str, Fraction],
        raised: Mapping[str, Fraction],
    ) -> Plan:
        after = {code: value + raised.get(code, ZERO) for code, value in now.items()}
        choices = []
        cost = ZERO
        for lot, count in zip(lots, counts, strict=True):
            after[lot.instrument] += lot.gain * count
            cost += sum(lot.costs[:count], ZERO)
            if count:
                group = self.outline.parents[Kind.ITEM, lot.codes[0]].code
                worth = lot.gain * self.outline.coefficients[Kind.INSTRUMENT, lot.instrument]
                choices.append(Choice(group, lot.codes[:count], lot.codes, worth))
        capped = {code: min(value, HUNDRED) for code, value in after.items()}
        weights = self.outline.coefficients
        overall = sum((weights[Kind.INSTRUMENT, code] * value for code, value in capped.items()), ZERO)
        rounded = {code: half_up(value, self._places) for code, value in capped.items()}
        total = half_up(overall, self._places)
        level = grade(self.outline.framework, total, rounded).level
        price = Decimal(cost.numerator) / Decimal(cost.denominator)
        return Plan(tuple(choices), price, total, rounded, level, tuple(raised))


def _gains(lots: Iterable[Lot]) -> Fraction:
    return sum((lot.gain * len(lot.codes) for lot in lots), ZERO)


def _all_gains(lots: tuple[Lot, ...], instrument: str) -> Fraction:
    return _gains(lot for lot in lots if lot.instrument == instrument)


def _opened(gaps: tuple[_Open, ...], instrument: str) -> Fraction:
    return sum((gap.points for gap in gaps if gap.instrument == instrument), ZERO)


def _runs(placed: list[tuple[int, str]]) -> str:
    """Write codes with their places briefly: ``O1–O3, O5``."""
    found: list[list[tuple[int, str]]] = []
    for place, code in placed:
        if found and found[-1][-1][0] == place - 1:
            found[-1].append((place, code))
        else:
            found.append([(place, code)])
    return ", ".join(run[0][1] if len(run) == 1 else f"{run[0][1]}–{run[-1][1]}" for run in found)
