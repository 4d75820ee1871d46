"""What goes with a zip: every page of the site, and the links for a menu, for the company that serves the website."""

from collections.abc import Iterator
from functools import partial

from prongsai.portal import data
from prongsai.portal.addresses import index, is_outside
from prongsai.portal.render import Press
from prongsai.portal.stage import Made
from prongsai.portal.words import KINDS, THAI

_HEADS = ("ลำดับ", "ปี พ.ศ.", "รหัสข้อ", "ชื่อหน้า", "ชนิด", "ไฟล์ในชุดนี้", "ที่อยู่ที่ใช้ประกาศ")


def page_lists(press: Press) -> Iterator[Made]:
    """Give PAGES.csv and PAGES.html."""
    rows = _rows(press)
    yield Made("PAGES.csv", data.csv_file(_HEADS, rows))
    yield Made(
        "PAGES.html",
        partial(press.set, "packed.html", at="PAGES.html", title="รายการหน้าและลิงก์เมนู", heads=_HEADS, rows=rows),
    )


def _rows(press: Press) -> list[list[str]]:
    menu = [("", "", getattr(THAI, key), "เมนู", address) for key, address in press.menu]
    menu += [(str(year), "", f"รายการข้อมูล ปี {year}", "เมนู", index(str(year))) for year in press.years]
    pages = [
        (str(one.year_be or ""), one.code, one.title, KINDS.get(one.kind, one.kind), index(one.path))
        for one in sorted(press.site.entries, key=lambda one: (-one.year_be, one.path))
    ]
    told = list(dict.fromkeys([*menu, *pages]))
    is_known = is_outside(press.site.office.base)
    return [[str(number), *row, press.public(row[-1]) if is_known else ""] for number, row in enumerate(told, 1)]
