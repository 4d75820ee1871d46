"""The words that show, wherever a fact appears, that nobody has proof-read it yet."""

from collections.abc import Iterable

from prongsai.frameworks.model import Basis, Certainty

UNVERIFIED = "(ยังไม่ยืนยัน)"
RECALLED = "(จากความจำ ยังไม่ยืนยัน)"

CERTAINTY_TH = {
    Certainty.VERIFIED: "ตรวจกับคู่มือแล้ว",
    Certainty.HIGH: "แน่ใจมาก",
    Certainty.MEDIUM: "แน่ใจปานกลาง",
    Certainty.LOW: "แน่ใจน้อย",
    Certainty.RECALL: "จากความจำ",
}


def unverified_mark(basis: Basis | Certainty) -> str:
    """Give the Thai mark to print behind a fact; empty for a verified one."""
    certainty = basis.certainty if isinstance(basis, Basis) else basis
    if certainty.is_official:
        return ""
    return RECALLED if certainty is Certainty.RECALL else UNVERIFIED


def marked(text: str, basis: Basis | Certainty) -> str:
    """Give a text with its mark behind it."""
    return f"{text} {unverified_mark(basis)}".rstrip()


def weakest(bases: Iterable[Basis | Certainty]) -> Certainty:
    """Give the least sure of several; recall when there is none."""
    found = [each.certainty if isinstance(each, Basis) else each for each in bases]
    return max(found, key=lambda each: each.rank, default=Certainty.RECALL)
