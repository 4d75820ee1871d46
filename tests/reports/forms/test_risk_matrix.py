"""The picture of the matrix in a risk assessment."""

from dataclasses import replace

from prongsai.documents.model import Picture
from prongsai.reports.forms import risk_assessment
from prongsai.reports.forms.risk_assessment import RiskAssessment, Step


def _pictures(record: RiskAssessment) -> list[Picture]:
    return [block for block in risk_assessment.compose(record).blocks if isinstance(block, Picture)]


def test_every_risk_stands_in_the_matrix_under_its_row() -> None:
    record = risk_assessment.sample()
    (picture,) = _pictures(record)
    named = [f"ร{'๐๑๒๓๔๕๖๗๘๙'[number]}" for number in range(1, len(record.risks) + 1)]
    drawing = picture.content.decode()
    assert [name for name in named if drawing.count(f">{name}</text>") != 1] == []


def test_squares_have_the_levels_stored_with_the_assessment() -> None:
    record = risk_assessment.sample()
    drawing = _pictures(record)[0].content.decode()
    squares = {level.name: 0 for level in record.levels}
    for score in (a.score * b.score for a in record.likelihoods for b in record.impacts):
        squares[next(level.name for level in record.levels if level.holds(score))] += 1
    assert {name: drawing.count(f">{name}</text>") for name in squares} == squares


def test_scales_that_the_drawing_has_no_room_for_are_not_drawn() -> None:
    record = risk_assessment.sample()
    assert _pictures(replace(record, impacts=(*record.impacts, Step(6, "เกินกว่านี้")))) == []
    assert _pictures(replace(record, risks=())) == []
