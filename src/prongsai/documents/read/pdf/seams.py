"""What stood where a line was broken: a space, or nothing because the line ended between two Thai words.

By Unicode's rules of line breaking no line ends between a Thai letter and a digit, a Latin letter or a bracket unless
a space stood there; only between Thai words may it be either. Files that drop the space leave the words to tell.
"""

import re

_SOUTH_EAST = re.compile("[ก-๎]")
_BREAKS_AFTER = "/-–([{“‘"
_CLINGS = ")]}”’,.;:!?/%"
_IN_NUMBER = re.compile(r"[0-9๐-๙][.,][0-9๐-๙]$")
_DIGITS = re.compile(r"[0-9๐-๙,.]+")
_GROUPED = re.compile(r"[0-9๐-๙]{1,3}(?:,[0-9๐-๙]{3})+(?:\.[0-9๐-๙]{1,2})?")
_TITLE = r"(?:นางสาว|น\.ส\.|นาง(?!สาว|แบบ)|นาย(?!ก|ช่าง|ทะเบียน|ทหาร|อำเภอ|ตรวจ|จ้าง|แพทย์)|ดร\.|ว่าที่)"
_TITLE_ENDS = re.compile(r"(?:^|[\s(])(?:น\.ส\.|นส\.|นาง|นาย|นางสาว|ว่าที่)$")
_NAME_STARTS = re.compile(rf"{_TITLE}\s?[ก-ฮเ-ไ]")
_GIVEN_ONLY = re.compile(rf"(?:^|[\s(]){_TITLE}\s?[ก-๎]{{2,}}$")
_WHOLE_NAME = re.compile(rf"(?:^|[\s(]){_TITLE}\s?[ก-๎]{{2,}} [ก-๎]{{2,}}$")
_POST = re.compile(
    r"(?:ผู้อำนวย|ผู้ช่วย|หัวหน้า|ปลัด|รองปลัด|นายก|รองนายก|เจ้าพนักงาน|เจ้าหน้าที่|นัก|นิติกร|วิศวกร|สถาปนิก|นายช่าง|พนักงาน|ครู|"
    r"เลขานุการ|ประธาน|กรรมการ|รักษา|ผอ\.|ตำแหน่ง)"
)
_UNIT_ENDS = re.compile(r"(?:^|\s)(?:กอง|สำนัก(?!$|งาน)|หน่วย|ฝ่าย|งาน)[ก-๎]{2,}$")
_UNIT_STARTS = re.compile(r"(?:กอง(?!ทุน)|สำนัก|ฝ่าย|หน่วย|งาน(?!และ))[ก-๎]{2,}")
_POST_ENDS = re.compile(rf"(?:^|\s){_POST.pattern}[ก-๎]{{4,}}$")
_UNFINISHED = ("ผู้ช่วย", "รอง", "และ", "หรือ", "แทน")
_SPACED_BEFORE = re.compile(r"พ\.ศ\.|ฯลฯ|ๆ")


def joint(before: str, after: str, *, spaced: bool, keeps_ends: bool) -> str:
    """Give what stood between two lines of a paragraph: a space, or nothing inside a word.

    spaced: a space was printed at the end of the first. keeps_ends: the file would have kept it.
    """
    if spaced:
        return " "
    if not before or not after or after[0] in _CLINGS or _IN_NUMBER.search(before[-2:] + after[0]):
        return ""
    if _TITLE_ENDS.search(before) or _cuts_number(before, after):
        return ""
    if before[-1] in _BREAKS_AFTER:
        return " " if before[-2:-1] == " " and before[-1] in "-–" else ""
    if not (_SOUTH_EAST.match(before[-1]) and _SOUTH_EAST.match(after[0])):
        return " "
    return " " if not keeps_ends and _was_spaced(before, after) else ""


def _cuts_number(before: str, after: str) -> bool:
    """Whether one number fills a narrow cell and was broken among its digits: ๑|๘,๕๐๐.๐๐."""
    return all(map(_DIGITS.fullmatch, (before, after))) and _GROUPED.fullmatch(before + after) is not None


def _was_spaced(before: str, after: str) -> bool:
    """Whether Thai words tell of a space: round ๆ, before a title or a post, between given name and surname."""
    if before[-1] in "ๆฯ" or _SPACED_BEFORE.match(after) or _NAME_STARTS.match(after):
        return True
    unit = _UNIT_ENDS.search(before)
    if unit and _UNIT_STARTS.match(after):
        return not (after.startswith("งาน") and unit.group().strip().startswith("ฝ่าย"))  # ฝ่ายแผน|งานและงบประมาณ
    if _POST_ENDS.search(before) and not before.endswith(_UNFINISHED) and _POST.match(after):
        return True
    if _WHOLE_NAME.search(before):
        return _POST.match(after) is not None
    if not _GIVEN_ONLY.search(before):
        return False
    if _POST.match(after):
        return False
    rest = after.split()[1:2]
    return not rest or _POST.match(rest[0]) is not None or _NAME_STARTS.match(rest[0]) is not None
