"""Taking scores: from a form, a file or a read document into a snapshot that is never changed."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.errors import Problem
from prongsai.scoring.read import read_scores
from prongsai.scoring.report import score_report
from prongsai.scoring.scores import Entry, Scores, Section
from prongsai.thai.text import fold
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, ScoreKind, ScoreSnapshot
from prongsai.web.cycles.queries.frameworks import outline_of
from prongsai.web.cycles.services.carrying import refresh_scores
from prongsai.web.cycles.services.guard import require_open
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file

FILE_NAME = "scores.json"
# Scores that may not stand are refused as a whole, so that nobody believes that they count. What only disagrees is kept
# and pointed out.
REFUSED = frozenset(
    {
        "SCORE_NOT_A_NUMBER",
        "SCORE_WITHOUT_CODE",
        "SCORE_WITHOUT_AGENCY",
        "SCORE_SHAPE",
        "SCORE_DUPLICATE",
        "SCORE_UNKNOWN_CODE",
        "SCORE_OUT_OF_RANGE",
        "SCORE_PRECISION",
        "SCORE_ITEM_NOT_ALLOWED",
        "LEVEL_UNKNOWN",
    }
)
_SHOWN = 8
_SECTIONS = {Section.INSTRUMENT: "instruments", Section.INDICATOR: "indicators", Section.ITEM: "items"}


def take_scores(
    scope: Scope,
    *,
    cycle: Cycle,
    kind: str,
    given: Mapping[str, object],
    source: str = "",
    file: File | None = None,
) -> ScoreSnapshot:
    """Keep scores as they were given, with everything that follows from them.

    given: what ``prongsai score`` takes: {"indicators", "items", "instruments", "overall", "level", "agency"}, numbers
    0–100. Raises ValidationError for scores that may not stand, ScoresUnusable when there is none, CycleClosed.
    """
    plain = json.dumps(given, ensure_ascii=False, indent=2) + "\n"
    scores = _read(FILE_NAME, plain.encode())
    if len(scores) > 1:
        raise ValidationError(_("คะแนนต้องเป็นของหน่วยงานเดียว"))
    return _keep(scope, cycle, kind, json.loads(plain), scores[0], source, file)


def import_scores(scope: Scope, *, cycle: Cycle, kind: str, name: str, content: bytes) -> ScoreSnapshot:
    """Read a score file (JSON, CSV, xlsx, xls, ods) and keep what it says of this agency; the file is kept, too.

    Raises FileUnusable, LimitExceeded, ScoresUnusable, ValidationError (another agency's, scores that may not stand),
    CycleClosed.
    """
    scores = _ours(scope, _read(name, content))
    with transaction.atomic():
        file = keep_file(scope, name=name, content=content)
        return _keep(scope, cycle, kind, _given(cycle, scores), scores, file.name, file)


def _read(name: str, content: bytes) -> tuple[Scores, ...]:
    """Read bytes as a file of that name, since faults are told with the name of their file."""
    with tempfile.TemporaryDirectory(prefix="prongsai-scores-") as folder:
        given = Path(name)  # shortened: a Thai letter is three bytes, and a disk takes names of 255
        path = Path(folder) / (f"{given.stem[:60]}{given.suffix[:10]}" or FILE_NAME)
        path.write_bytes(content)
        return read_scores(path)


def _ours(scope: Scope, many: tuple[Scores, ...]) -> Scores:
    """Pick this agency's scores. A file that names nobody is taken as ours."""
    ours = fold(scope.agency.name)
    named = [each for each in many if each.agency and fold(each.agency).startswith(ours)]
    if len(named) == 1:
        return named[0]
    if len(many) == 1 and many[0].agency is None:
        return many[0]
    if not named:
        names = ", ".join(dict.fromkeys(each.agency or "–" for each in many[:_SHOWN]))
        raise ValidationError(_("ไฟล์นี้เป็นคะแนนของ {names} ไม่ใช่ของหน่วยงานนี้").format(names=names))
    raise ValidationError(_("ไฟล์นี้มีคะแนนของหน่วยงานนี้หลายชุด ให้เหลือชุดเดียว"))


def _given(cycle: Cycle, scores: Scores) -> dict[str, object]:
    """Write the scores of a file in the form that ``prongsai score`` takes."""
    if scores.replies:
        raise ValidationError(_("ไฟล์นี้เป็นคำตอบรายคน ระบบเก็บเฉพาะคะแนน ใช้คำสั่ง prongsai score คำนวณเป็นคะแนนก่อน"))
    given: dict[str, object] = {"agency": scores.agency} if scores.agency else {}
    for entry in scores.entries:
        section = given.setdefault(_SECTIONS[_section(cycle, entry)], {})
        assert isinstance(section, dict)
        section[entry.code] = None if entry.value is None else float(entry.value)
    if scores.overall and scores.overall.value is not None:
        given["overall"] = float(scores.overall.value)
    if scores.level:
        given["level"] = scores.level.text
    return given


def _section(cycle: Cycle, entry: Entry) -> Section:
    """Tell what the code of a table names, where its column does not say so."""
    if entry.section:
        return entry.section
    found = outline_of(cycle).names.get(fold(entry.code))
    kinds = {"item": Section.ITEM, "instrument": Section.INSTRUMENT}
    return kinds.get(found[0].value, Section.INDICATOR) if found else Section.INDICATOR


@transaction.atomic
def _keep(
    scope: Scope,
    cycle: Cycle,
    kind: str,
    given: dict[str, object],
    scores: Scores,
    source: str,
    file: File | None,
) -> ScoreSnapshot:
    require_open(cycle)
    report = score_report(outline_of(cycle), scores)
    refused = [problem for problem in report.problems if problem.code in REFUSED]
    if refused:
        raise ValidationError(list(_told(refused)))
    snapshot = ScoreSnapshot(
        cycle=cycle,
        kind=kind,
        given=given,
        result=json.loads(json.dumps(report.to_json())),
        overall_pct=report.overall,
        level=report.level.name_th if report.level else "",
        source=source[:300],
        file=file,
        taken_by=scope.user,
    )
    journal.create(scope, snapshot, "scores.take")
    if kind == ScoreKind.OFFICIAL:
        refresh_scores(scope, cycle)
    return snapshot


def _told(problems: list[Problem]) -> Iterable[str]:
    for problem in problems[:_SHOWN]:
        place = str(problem.where).removeprefix(FILE_NAME).strip()
        yield (f"{place}: " if place and problem.where.file != FILE_NAME else "") + problem.message_th
    if len(problems) > _SHOWN:
        yield _("และอีก {n} แห่ง").format(n=len(problems) - _SHOWN)
