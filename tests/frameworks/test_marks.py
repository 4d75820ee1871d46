from prongsai.frameworks.marks import CERTAINTY_TH, marked, unverified_mark, weakest
from prongsai.frameworks.model import Basis, Certainty


def test_unverified_mark_is_empty_only_for_verified_facts() -> None:
    assert {each: unverified_mark(Basis(each)) for each in Certainty} == {
        Certainty.VERIFIED: "",
        Certainty.HIGH: "(ยังไม่ยืนยัน)",
        Certainty.MEDIUM: "(ยังไม่ยืนยัน)",
        Certainty.LOW: "(ยังไม่ยืนยัน)",
        Certainty.RECALL: "(จากความจำ ยังไม่ยืนยัน)",
    }


def test_marked_puts_the_mark_behind_the_text() -> None:
    assert marked("โครงสร้าง", Certainty.LOW) == "โครงสร้าง (ยังไม่ยืนยัน)"
    assert marked("โครงสร้าง", Certainty.VERIFIED) == "โครงสร้าง"


def test_weakest_takes_the_least_sure() -> None:
    assert weakest([Certainty.HIGH, Basis(Certainty.LOW), Certainty.MEDIUM]) is Certainty.LOW
    assert weakest([]) is Certainty.RECALL


def test_every_certainty_has_a_thai_name() -> None:
    assert set(CERTAINTY_TH) == set(Certainty)
