"""What changed in the facts of a paper: its head, dates, scores and signatures."""

from collections.abc import Iterator, Sequence
from datetime import date

from prongsai.documents.diff import Change, ChangeKind, bare, likely_pairs
from prongsai.errors import Where
from prongsai.reports.diff_labels import CAPACITY_TH, FACT_TH
from prongsai.reports.diff_rows import text_of
from prongsai.reports.labels import KIND_TH
from prongsai.reports.records import IndicatorPlan, IndicatorScore, Report, Signatory
from prongsai.thai.dates import format_date

NAME_LIKE_MIN = 60.0


def compare_facts(old: Report, new: Report) -> tuple[Change, ...]:
    """Tell which facts of two papers differ."""
    return (*_stated(old, new), *_signatories(old.signatories, new.signatories), *_scores(old, new))


def _stated(old: Report, new: Report) -> Iterator[Change]:
    before, after = _facts(old), _facts(new)
    for name, (words, where) in before.items():
        new_words, new_where = after[name]
        if bare(words) != bare(new_words):
            yield _fact(name, words, new_words, where, new_where)


def _fact(
    name: str, before: str, after: str, where_old: Where | None, where_new: Where | None, row: str = ""
) -> Change:
    return Change(
        ChangeKind.FACT_CHANGED, where_old, where_new, name, FACT_TH[name], before or None, after or None, row
    )


def _facts(report: Report) -> dict[str, tuple[str, Where]]:
    memo, agency, overall = report.memo, report.agency, report.overall
    head = memo.where if memo else Where()
    return {
        "document_type": (KIND_TH[report.document_type], Where()),
        "agency.name": (agency.name or "", agency.where),
        "agency.district": (agency.district or "", agency.where),
        "agency.province": (agency.province or "", agency.where),
        "fiscal_year_be": (text_of(report.fiscal_year_be), Where()),
        "report_period": (text_of(report.report_period), Where()),
        "memo.office": ((memo.office if memo else None) or "", head),
        "memo.number": ((memo.number if memo else None) or "", head),
        "memo.date": ((memo.date_text if memo else None) or "", head),
        "memo.subject": ((memo.subject if memo else None) or "", head),
        "memo.to": ((memo.to if memo else None) or "", head),
        "deadline": (_day(report.deadline), Where()),
        "announced": (_day(report.announced), Where()),
        "overall.score": (text_of(overall.score), overall.where),
        "overall.level": (overall.level or "", overall.where),
    }


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


# Signatures


def _signatories(old: Sequence[Signatory], new: Sequence[Signatory]) -> Iterator[Change]:
    """Match by name and post, in printed order; the same person may sign twice."""
    pairs = likely_pairs([_key(person) for person in old], [_key(person) for person in new], NAME_LIKE_MIN)
    for first, second in pairs:
        yield from _signatory(old[first], new[second])
    for at, person in enumerate(old):
        if at not in {pair[0] for pair in pairs}:
            yield _fact("signatory", signed(person), "", person.where, None)
    for at, person in enumerate(new):
        if at not in {pair[1] for pair in pairs}:
            yield _fact("signatory", "", signed(person), None, person.where)


def _key(person: Signatory) -> str:
    return bare(f"{person.name} {person.position or ''} {person.opinion_of or ''}")


def _signatory(old: Signatory, new: Signatory) -> Iterator[Change]:
    for name in ("name", "position", "opinion_of", "opinion"):
        before, after = getattr(old, name) or "", getattr(new, name) or ""
        if bare(before) != bare(after):
            yield _fact(f"signatory.{name}", before, after, old.where, new.where, new.name)
    if old.capacity != new.capacity and bare(old.position or "") == bare(new.position or ""):
        before, after = CAPACITY_TH.get(old.capacity, old.capacity), CAPACITY_TH.get(new.capacity, new.capacity)
        yield _fact("signatory.capacity", before, after, old.where, new.where, new.name)


def signed(person: Signatory) -> str:
    """Give a signatory as one text."""
    return " ".join(part for part in (person.opinion_of, person.opinion, person.name, person.position) if part)


# Scores


def _scores(old: Report, new: Report) -> Iterator[Change]:
    """Compare printed scores; those that rows carry are told with their rows."""
    if any(isinstance(row, IndicatorPlan) for row in (*old.rows, *new.rows)):
        return
    before = {score.no: score for score in old.indicators}
    after = {score.no: score for score in new.indicators}
    for number in dict.fromkeys((*before, *after)):
        first, second = before.get(number), after.get(number)
        if first and second:
            yield from _score(first, second)
        else:
            yield _fact(
                "indicator",
                _printed(first),
                _printed(second),
                first.where if first else None,
                second.where if second else None,
            )


def _score(old: IndicatorScore, new: IndicatorScore) -> Iterator[Change]:
    row = f"ตัวชี้วัดที่ {new.no}"
    for name in ("title", "score"):
        before, after = text_of(getattr(old, name)), text_of(getattr(new, name))
        if bare(before) != bare(after):
            yield _fact(f"indicator.{name}", before, after, old.where, new.where, row)


def _printed(score: IndicatorScore | None) -> str:
    return f"{score.no} {score.title or ''} {text_of(score.score)}" if score else ""
