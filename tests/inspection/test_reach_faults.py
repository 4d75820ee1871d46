"""Every fault of reaching is found at its address, and none is invented on the twin."""

from collections.abc import Iterator

import pytest

from prongsai.inspection.model import Seen
from prongsai.inspection.reach import look, look_all
from prongsai.inspection.report import CODES
from tests.inspection.faults import REACH
from tests.inspection.site import ADDRESSES, PATIENCE, TWINS, Site

BY_SITE = ("REACH_DUPLICATE", "REACH_UNLINKED", "REACH_FAR")  # seen of several addresses: test_crawl.py


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture(scope="module")
def found(site: Site) -> dict[str, tuple[str, ...]]:
    return {one.address: tuple(problem.code for problem in one.problems) for one in looked(site)}


def looked(site: Site) -> list[Seen]:
    usual = [address for number, address in ADDRESSES.items() if number not in PATIENCE]
    special = [look(ADDRESSES[number], policy=site.policy(**changes)) for number, changes in PATIENCE.items()]
    return [*look_all(usual, policy=site.policy()), *special]


@pytest.mark.parametrize(
    "fault", [fault for fault in REACH if fault.code not in BY_SITE], ids=lambda fault: f"{fault.number}"
)
def test_fault_is_found_at_its_address(found: dict[str, tuple[str, ...]], fault) -> None:
    assert fault.code in found[ADDRESSES[fault.number]]


def test_nothing_else_is_said_of_a_faulty_address(found: dict[str, tuple[str, ...]]) -> None:
    own = {ADDRESSES[fault.number]: fault.code for fault in REACH if fault.number in ADDRESSES}
    more = {address: set(codes) - {own[address]} for address, codes in found.items()}
    assert {address: codes for address, codes in more.items() if codes} == {
        ADDRESSES[22]: {"REACH_TEST_HOST"},  # a bare number, too
        ADDRESSES[54]: {"REACH_NO_TLS"},  # that is where it leads down to
    }


def test_twin_has_no_problem(site: Site) -> None:
    found = {one.address: one for one in look_all(TWINS, policy=site.policy())}
    assert set(found) == set(TWINS)
    assert {address: [problem.code for problem in one.problems] for address, one in found.items() if one.problems} == {}
    assert [address for address, one in found.items() if not one.is_open] == []


def test_every_problem_has_a_place_a_sentence_and_a_mend_in_both_languages(site: Site) -> None:
    problems = [problem for one in looked(site) for problem in one.problems]
    assert {problem.where.file for problem in problems} == set(ADDRESSES.values())
    assert [one.code for one in problems if not (one.message and one.message_th and one.mend and one.mend_th)] == []
    assert [one.code for one in problems if "{" in one.message + one.message_th + one.mend + one.mend_th] == []


def test_numbers_of_faults_are_given_once() -> None:
    numbers = [fault.number for fault in REACH]
    assert len(set(numbers)) == len(numbers)
    assert [number for number in numbers if 23 <= number <= 40] == []
    assert {fault.code for fault in REACH} <= set(CODES)
