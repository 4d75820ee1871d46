"""Nothing that is stored after a counting rests on fewer than k people, nor any union or difference of such things."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from django.db.models import Count as Counted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prongsai.privacy.seal.boxes import seal_value
from prongsai.questionnaires.model import Kind
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.surveys.models import Answer, Box, Survey
from prongsai.web.surveys.services import counting
from prongsai.web.surveys.tokens import new_form
from tests.conftest import PROVE
from tests.web.surveys import asked

GROUPS = 4
months = st.lists(st.lists(st.integers(0, 12), min_size=GROUPS + 1, max_size=GROUPS + 1), min_size=1, max_size=3)


@given(
    st.dictionaries(st.none() | st.integers(1, 9), st.integers(0, 40), min_size=1, max_size=8),
    st.integers(5, 12),
)
def test_cells_and_all_that_follows_from_them_have_none_or_k(counts: dict[int | None, int], k: int) -> None:
    total = sum(counts.values())
    if total < k:
        return
    kept = counting.kept_groups(counts, k)
    cells = [*kept.values(), total - sum(kept.values())]
    assert all(n == counts[group] for group, n in kept.items())
    assert all(n == 0 or n >= k for n in cells)
    followed = {abs(a - b) for a, b in combinations([total, *kept.values()], 2)}  # by taking one from another
    unions = {sum(some) for size in range(len(cells) + 1) for some in combinations(cells, size)}
    assert all(n == 0 or n >= k for n in unions)
    assert {total - n for n in unions} == unions
    assert followed >= {total - n for n in kept.values()} and all(
        total - n == 0 or total - n >= k for n in kept.values()
    )


@pytest.mark.django_db
@settings(max_examples=100 if PROVE else 8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(months, st.sampled_from([Kind.SATISFACTION, Kind.PRACTICE_EIT]))
def test_no_cell_of_any_month_has_fewer_than_k_answers(agency: Agency, counts: list[list[int]], kind: Kind) -> None:
    scope = system_scope(agency)
    survey = asked.survey(agency, [f"กลุ่ม {n}" for n in range(GROUPS)], is_monthly=True)
    Survey.objects.filter(pk=survey.pk).update(kind=kind)
    groups = [*survey.groups.values_list("pk", flat=True), None]
    sent = 0
    for month in counts:
        survey = Survey.objects.get(pk=survey.pk)
        sent += sum(month)
        put_in(survey, Counter(dict(zip(groups, month, strict=True))))
        try:
            counting.count(scope, survey=survey)
        except counting.TooFew as few:
            assert Box.objects.filter(survey=survey, sealed__isnull=False).count() < survey.k, few
    cells = (
        Answer.objects.filter(count__survey=survey).values_list("count", "group").annotate(n=Counted("pk")).order_by()
    )
    assert [one for one in cells if one[2] < survey.k] == []
    assert kind is Kind.SATISFACTION or {group for _count, group, _n in cells} <= {None}
    waiting = Box.objects.filter(survey=survey, sealed__isnull=False).count()
    assert sum(n for _count, _group, n in cells) + waiting == sent


def put_in(survey: Survey, counts: Counter[int | None]) -> None:
    """Put boxes in as they come, quicker than one by one."""
    sealed = seal_value(asked.sheet(1).plain, survey.recipient, pad=survey.pure.box_bytes)
    boxes = [Box(key=new_form(), survey=survey, group_id=group, sealed=sealed) for group in counts.elements()]
    Box.objects.bulk_create(boxes)
