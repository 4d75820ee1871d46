"""Start the file of a year whose manual is not out, from the year before."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prongsai.errors import FileUnusable, FrameworkError
from prongsai.frameworks.document import Place
from prongsai.frameworks.emit import to_yaml
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.frameworks.plain import framework_plain
from prongsai.frameworks.view import BASES

CARRIED = "carried-over"
YEARS_BE = range(2500, 2700)

_MAY_LACK = ("parts", "aliases", "item_keys", "no_opinion", "text_th", "partial", "reversed", "name_en", "title_en")
_TEXTS = ("title_th", "title_en", "text_th", "period_th")


@dataclass(frozen=True, slots=True)
class DraftFiles:
    """The two files of a new year, to be kept in one folder."""

    framework_id: str
    framework_name: str
    framework_yaml: str
    crosswalk_name: str
    crosswalk_yaml: str

    def to_json(self) -> dict[str, str]:
        """Give names and texts."""
        return {
            "framework_id": self.framework_id,
            "framework_name": self.framework_name,
            "framework_yaml": self.framework_yaml,
            "crosswalk_name": self.crosswalk_name,
            "crosswalk_yaml": self.crosswalk_yaml,
        }

    def save(self, folder: Path) -> tuple[Path, Path]:
        """Write both files into a folder. Raises FileUnusable when it cannot, and rather than write over a file."""
        texts = {folder / self.framework_name: self.framework_yaml, folder / self.crosswalk_name: self.crosswalk_yaml}
        try:
            _write_new(folder, texts)
        except OSError as error:
            raise FileUnusable(
                f"cannot write into {folder}: {error.strerror}",
                message_th=f"เขียนไฟล์ลงใน {folder} ไม่ได้",
                mend_th="ตรวจชื่อโฟลเดอร์ สิทธิ์การเขียน และที่ว่าง",
            ) from error
        first, second = texts
        return first, second


def _write_new(folder: Path, texts: Mapping[Path, str]) -> None:
    there = [path for path in texts if path.exists()]
    if there:
        raise FileUnusable(
            f"{there[0]} is already there",
            message_th=f"มีไฟล์ {there[0]} อยู่แล้ว",
            mend_th="ลบหรือย้ายไฟล์เดิมก่อน เพื่อไม่ให้งานที่ทำไว้หาย",
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def draft(from_id: str | Path, fiscal_year_be: int, *, folder: Path | None = None) -> DraftFiles:
    """Make a new year's framework and the crosswalk to it out of an earlier year.

    Years inside texts and dates move along; every fact becomes certainty ``low``, carried over, not confirmed; every
    item is ``kept``. Both files pass :func:`check` and are for people to go through. Raises as :func:`load` does, and
    FrameworkError when the new year is not later or not of the Buddhist years 2500 to 2699.
    """
    if fiscal_year_be not in YEARS_BE:
        raise FrameworkError(
            f"{fiscal_year_be} is not {YEARS_BE[0]} to {YEARS_BE[-1]}",
            message_th=f"ปีงบประมาณ {fiscal_year_be} ไม่อยู่ระหว่าง {YEARS_BE[0]} ถึง {YEARS_BE[-1]}",
            mend_th="ระบุปีเป็นพุทธศักราช เช่น 2570",
        )
    before = load(from_id, folder=folder)
    if fiscal_year_be <= before.fiscal_year_be:
        raise FrameworkError(
            f"{fiscal_year_be} is not after {before.fiscal_year_be}",
            message_th=f"ปี {fiscal_year_be} ไม่ได้อยู่หลังปี {before.fiscal_year_be}",
            mend_th=f"ระบุปีตั้งแต่ {before.fiscal_year_be + 1} ขึ้นไป",
        )
    data = _framework(before, fiscal_year_be)
    walk = _crosswalk(before, data)
    return DraftFiles(
        framework_id=data["id"],
        framework_name=f"{data['id']}.yaml",
        framework_yaml=to_yaml(data, _framework_comments(before, data)),
        crosswalk_name=f"crosswalk-{walk['id']}.yaml",
        crosswalk_yaml=to_yaml(walk, _crosswalk_comments(before, data)),
    )


def _source(before: Framework) -> dict[str, str]:
    return {
        "key": CARRIED,
        "title": f"ยกมาจาก {before.id} ฉบับที่ {before.edition} ยังไม่ยืนยัน",
        "where": f"กรอบการประเมิน {before.id} ของ Prongsai",
    }


def _framework(before: Framework, year: int) -> dict[str, Any]:
    data: dict[str, Any] = _carried(framework_plain(before), before)
    data |= {
        "id": before.id.replace(str(before.fiscal_year_be), str(year)),
        "fiscal_year_be": year,
        "edition": 1,
        "status": "draft",
        "sources": [_source(before)],
        "notes": [f"ร่างปี {year} ยกมาจาก {before.id} ทุกข้อยังไม่ยืนยันกับคู่มือปี {year}"],
    }
    for item in data["items"]:
        for element in item["elements"]:
            del element["basis"]
    for entry in data["calendar"]:
        for key in ("start", "end"):
            entry[key] = _moved(entry[key], year - before.fiscal_year_be)
    return {key: value for key, value in data.items() if value != []}


def _carried(value: Any, before: Framework, key: str = "") -> Any:
    """Carry facts over: no certainty is inherited, and a year in a text becomes a distance from the file's year."""
    if key in BASES:
        return {"certainty": "low", "sources": [CARRIED], "note": f"ยกมาจากปี {before.fiscal_year_be} ยังไม่ยืนยัน"}
    if key in _TEXTS and isinstance(value, str):
        return _relative(value, before.fiscal_year_be)
    if isinstance(value, dict):
        return {
            name: _carried(each, before, name)
            for name, each in value.items()
            if not (name in _MAY_LACK and each in ([], "", False))
        }
    return [_carried(each, before) for each in value] if isinstance(value, list) else value


def _relative(text: str, year: int) -> str:
    names = {str(year): "{year}", str(year - 1): "{year-1}", str(year + 1): "{year+1}"}
    return re.sub(r"\d{4}", lambda found: names.get(found[0], found[0]), text)


def _moved(day: str | None, years: int) -> str | None:
    if day is None:
        return None
    moved = f"{int(day[:4]) + years}{day[4:]}"
    return moved.replace("-02-29", "-02-28")


def _crosswalk(before: Framework, data: Mapping[str, Any]) -> dict[str, Any]:
    note = "ยังไม่ยืนยัน"
    return {
        "id": f"{before.id}-{data['fiscal_year_be']}",
        "kind": "crosswalk",
        "from": before.id,
        "to": data["id"],
        "edition": 1,
        "status": "draft",
        "sources": [_source(before)],
        "rows": [
            {
                "relation": "kept",
                "from": [item.code],
                "to": [item.code],
                "note_th": note,
                "basis": {"certainty": "low", "sources": [CARRIED]},
            }
            for item in before.items
        ],
    }


def _framework_comments(before: Framework, data: Mapping[str, Any]) -> dict[Place, str]:
    year = data["fiscal_year_be"]
    first = data["items"][0]["code"] if data.get("items") else "O1"
    comments: dict[Place, str] = {
        ("id",): f"ร่างกรอบการประเมินปี {year} เริ่มจาก {before.id} ทุกข้อยังไม่ยืนยัน\n"
        f"วิธีทำ: เปิดคู่มือปี {year} แล้วไล่ทีละข้อ ข้อใดตรงให้แก้ certainty เป็น high และอ้างแหล่งใน sources\n"
        "ข้อใดไม่ตรงให้แก้ข้อความ ข้อที่ไม่มีแล้วให้ลบ ข้อใหม่ให้เพิ่ม พร้อมแก้ไฟล์ตารางเทียบข้อคู่กัน\n"
        "{year} คือปีของไฟล์นี้ {year-1} คือปีก่อน ไม่ต้องแก้เป็นตัวเลข\n"
        f"ตรวจไฟล์ด้วย: prongsai frameworks check {data['id']}.yaml",
        ("sources",): "เพิ่มคู่มือและเอกสารที่ใช้ตรวจไว้ที่นี่ แล้วอ้างด้วย key",
        ("instruments",): "น้ำหนักต้องรวมได้ 100",
        ("levels",): "เรียงจากสูงไปต่ำ ช่วงคะแนนต้องต่อกันและไม่ซ้อนกัน",
        ("items",): f"key เป็นกุญแจถาวร ห้ามเปลี่ยนถ้าความหมายเดิม ส่วน code เช่น {first} เปลี่ยนตามคู่มือ",
        ("issues",): "ประเด็นที่ต้องปรับปรุง ถ้าปีนี้ไม่มีให้ลบทั้งส่วน",
        ("questions",): "คำถาม IIT และ EIT ถ้ายังไม่เห็นแบบของปีนี้ให้ลบทั้งส่วน",
        ("calendar",): "วันที่เลื่อนจากปีก่อนไว้เป็นตัวอย่างเท่านั้น แก้ตามปฏิทินของปีนี้",
    }
    return {place: text for place, text in comments.items() if place[0] in data}


def _crosswalk_comments(before: Framework, data: Mapping[str, Any]) -> dict[Place, str]:
    return {
        ("id",): f"ตารางเทียบข้อ {before.id} กับ {data['id']} ทุกแถวเริ่มเป็น kept และยังไม่ยืนยัน\n"
        "kept ชื่อเดิม, renamed ชื่อเปลี่ยน, split หนึ่งข้อเป็นหลายข้อ, merged หลายข้อเป็นหนึ่งข้อ, new ข้อใหม่ (from: []), "
        "retired เลิก (to: [])\n"
        "ข้อของทั้งสองปีต้องอยู่ครบ ข้อที่แยกหรือรวมให้ใช้ key ใหม่",
        ("rows",): "แก้แถวที่ไม่ตรง แล้วเปลี่ยน certainty และ sources ของแถวนั้น",
    }
