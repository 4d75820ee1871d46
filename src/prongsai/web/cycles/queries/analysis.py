"""The analysis of a result, made of the scores: each issue of the year with what is short and what is done about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.frameworks.model import Framework, Issue
from prongsai.thai.numerals import to_thai
from prongsai.web.cycles.models import Analysis, Cycle, Finding, ItemState, ScoreSnapshot
from prongsai.web.cycles.queries.frameworks import framework_of, mark_of, top_of
from prongsai.web.cycles.queries.scores import latest_snapshot, tree_of


@dataclass(frozen=True, slots=True)
class Section:
    """An issue of the year. words: generated; text: what stands in the paper. missing: parts that are not there yet."""

    no: int
    title: str
    mark: str
    links_mark: str
    indicators: tuple[tuple[str, str, Decimal | None], ...]
    short: tuple[str, ...]
    findings: tuple[Finding, ...]
    measures: tuple[Any, ...]
    owners: tuple[str, ...]
    steps: tuple[str, ...]
    follow_up: tuple[str, ...]
    reports: tuple[str, ...]
    words: str
    text: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of the four parts that the year's item on measures demands are not there."""
        parts = (
            (_("ผู้รับผิดชอบ"), self.owners),
            (_("ขั้นตอน"), self.steps),
            (_("การกำกับติดตาม"), self.follow_up),
            (_("การรายงานผล"), self.reports),
        )
        return tuple(name for name, found in parts if not found)


@dataclass(frozen=True, slots=True)
class AnalysisPage:
    """The analysis of a cycle. snapshot None: it cannot be approved. from_issues: the framework names the issues."""

    cycle: Cycle
    record: Analysis | None
    snapshot: ScoreSnapshot | None
    sections: tuple[Section, ...]
    from_issues: bool
    loose: tuple[Finding, ...]


@override("th")  # its words are kept and printed
def analysis_of(cycle: Cycle) -> AnalysisPage:
    """Make the analysis of a cycle's result; every issue is there, also those where nothing is short."""
    framework = framework_of(cycle)
    snapshot, record = (
        latest_snapshot(cycle),
        Analysis.objects.filter(cycle=cycle).select_related("approved_by").first(),
    )
    maker = _Maker(cycle, framework, snapshot, record.texts if record else {})
    sections = tuple(maker.section(issue) for issue in issues_of(framework))
    shown = {finding.pk for section in sections for finding in section.findings}
    loose = tuple(finding for finding in maker.findings if finding.pk not in shown)
    return AnalysisPage(cycle, record, snapshot, sections, bool(framework.issues), loose)


def issues_of(framework: Framework) -> Sequence[Issue]:
    """Give the issues of the year; where the framework names none, one for each indicator."""
    if framework.issues:
        return framework.issues
    return [
        Issue(place, each.name_th, each.name_en, (each.code,), (), each.basis)
        for place, each in enumerate(framework.top_indicators(), start=1)
    ]


class _Maker:
    """Fetches once what all sections share."""

    def __init__(
        self, cycle: Cycle, framework: Framework, snapshot: ScoreSnapshot | None, texts: Mapping[str, str]
    ) -> None:
        self.framework, self.texts = framework, texts
        self.target = cycle.target_pct or framework.target_pct
        self.scores = _scores(snapshot)
        self.item_scores = {e.code: e.score for e in tree_of(snapshot.result).items()} if snapshot else {}
        self.items = {item.key: item for item in cycle.items.select_related("unit")}
        self.findings = list(cycle.findings.select_related("unit", "item__unit"))
        # What the floor above keeps about this cycle, read by its lasting names: nothing of it is imported here.
        measures: Any = cycle.measures
        self.measures = list(measures.prefetch_related("owners__unit", "steps", "progress"))

    def section(self, issue: Issue) -> Section:
        items = [self.items[key] for key in issue.item_keys if key in self.items]
        if not self.framework.issues:
            tops = top_of(self.framework)
            items = [item for item in self.items.values() if tops.get(item.indicator) in issue.indicators]
        findings = tuple(each for each in self.findings if self._belongs(each, issue, items))
        measures = tuple(each for each in self.measures if each.issue_no == issue.no)
        indicators = tuple(self._indicator(code) for code in issue.indicators)
        short = tuple(self._short(indicators, items))
        return Section(
            no=issue.no,
            title=issue.name_th,
            mark=mark_of(issue.basis),
            links_mark=mark_of(issue.links_basis),
            indicators=indicators,
            short=short,
            findings=findings,
            measures=measures,
            owners=_unique(_owners(measures, findings)),
            steps=_unique(step.text for measure in measures for step in measure.steps.all()),
            follow_up=_unique(text for measure in measures for text in measure.follow_up),
            reports=_unique(each.result or each.outcome for m in measures for each in m.progress.all()),
            words=(words := _words(issue, short, findings)),
            text=self.texts.get(str(issue.no)) or words,
        )

    def _belongs(self, finding: Finding, issue: Issue, items: Sequence[ItemState]) -> bool:
        if finding.issue_no is not None:
            return finding.issue_no == issue.no
        return finding.indicator in issue.indicators or finding.item in items

    def _indicator(self, code: str) -> tuple[str, str, Decimal | None]:
        found = self.framework.indicator(code)
        return code, found.name_th if found else "", self.scores.get(code)

    def _short(
        self, indicators: Iterable[tuple[str, str, Decimal | None]], items: Iterable[ItemState]
    ) -> Iterable[str]:
        for code, title, score in indicators:
            if score is not None and score < self.target:
                words = _("ตัวชี้วัดที่ {code} {title} ได้ {score} ต่ำกว่า {target}")
                yield to_thai(words.format(code=code, title=title, score=score, target=f"{self.target.normalize():f}"))
        for item in items:
            score = self.item_scores.get(item.code)
            if score is not None and score < 100:
                words = _("ข้อ {code} {title} ได้ {score} คะแนน")
                yield words.format(code=item.code, title=item.title, score=to_thai(f"{score.normalize():f}"))


def _scores(snapshot: ScoreSnapshot | None) -> dict[str, Decimal]:
    found = snapshot.result["indicators"] if snapshot else {}
    return {code: Decimal(str(score)) for code, score in found.items() if score is not None}


def _owners(measures: Iterable[Any], findings: Iterable[Finding]) -> Iterable[str]:
    for measure in measures:
        yield from (str(owner.unit or owner.text) for owner in measure.owners.all())
    for finding in findings:
        unit = finding.unit or (finding.item.unit if finding.item else None)
        yield str(unit or finding.units_text)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _words(issue: Issue, short: Sequence[str], findings: Sequence[Finding]) -> str:
    if not short and not findings:
        return _("ไม่พบประเด็นที่ต่ำกว่าเป้าหมายจากคะแนนที่มี ให้รักษาระดับและพัฒนาต่อเนื่อง")
    parts = [_("ประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อน: {list}").format(list=" · ".join(short))] if short else []
    if findings:
        titles = " · ".join(finding.title for finding in findings)
        parts.append(_("ประเด็นที่จะต้องพัฒนาให้ดีขึ้น: {list}").format(list=titles))
    return "\n".join(parts)
