"""The words of the site in small files that a browser reads one after another, from a server or a USB stick.

Each page is always in the same file, chosen by its path, so that one changed page changes one file. What a file says of
pages that did not change is taken from the file itself.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from prongsai.portal.addresses import index
from prongsai.portal.model import Entry, Page, UnitNode
from prongsai.portal.render import Press
from prongsai.portal.shown import thai_short
from prongsai.portal.stage import Made, Stage
from prongsai.portal.words import KINDS
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import ZERO_WIDTH

Row = tuple[str, str, str, str]
"""Address, title, what kind of page it is, its words."""

_FOLDER = "assets/search/"
_A_FILE = 48
_FIRST = "prongsaiSearch({number},["
_LAST = "]);\n"
_SPACES = re.compile(rf"[\s{ZERO_WIDTH}\x00-\x1f]+")
_PARTED_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")


def plain(text: str) -> str:
    """Give a text as it is searched: one form for one look, single spaces."""
    whole = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode()
    return _SPACES.sub(" ", _PARTED_AM.sub("\\1\u0e33", whole).replace("เเ", "แ")).strip()


def row_of(page: Page) -> Row:
    """Give what is found of a page: all its words that are shown now."""
    release = None if page.withdrawn else page.current
    title = plain((release.title if release else "") or page.title)
    said = [page.code, page.unit, *([page.title] if plain(page.title) != title else [])]
    if release:
        said += [release.title_en, release.summary]
        for block in (*release.body, *release.body_en):
            said += [*block.lines, *(cell for row in block.rows for cell in row)]
        for table in () if release.erased_at else release.tables:
            said += [
                table.title,
                *(column.label for column in table.columns),
                *(cell for row in table.rows for cell in row),
            ]
        said += [text for document in release.documents for text in (document.title, document.text)]
    return index(page.path), title, _label(page, release.published_at if release else None), plain(" ".join(said))


def _label(page: Page, published: object) -> str:
    parts = [page.code or KINDS.get(page.kind, ""), f"ปี {to_thai(str(page.year_be))}" if page.year_be else ""]
    parts += ["ถอนแล้ว" if page.withdrawn else thai_short(published)]  # type: ignore[arg-type]
    return " · ".join(filter(None, parts))


def shard_count(entries: int) -> int:
    """Give in how many files the words of so many pages stand: a power of two, so that files split and never mix."""
    return 1 << max(0, (entries - 1) // _A_FILE).bit_length()


def shards(press: Press, stage: Stage, fresh: Mapping[str, Row], before: Collection[str]) -> Iterator[Made]:
    """Give the files of words that are to be written.

    fresh: rows of pages that were made in this run, by path; before: paths whose rows the files hold, as they are.
    """
    entries = press.site.entries
    count = shard_count(len(entries))
    yield Made(_address(0), partial(_file, 0, list(own_rows(press))))
    members: list[list[Entry]] = [[] for _ in range(count)]
    for entry in entries:
        members[_place(entry.path, count)].append(entry)
    now = {entry.path for entry in entries}
    changed = {_place(path, count) for path in (*fresh, *(now ^ set(before)))}
    old = sum(known.role == "own" and at.startswith(_FOLDER) for at, known in stage.manifest.files.items()) - 1
    kept = _all_rows(stage, old) if old != count else {}
    for number, mine in enumerate(members):
        address = _address(number + 1)
        if old == count and number not in changed and stage.keep(address):
            continue
        there = kept or _rows_in(stage.text(address), number + 1)
        held = {one.path: there[index(one.path)] for one in mine if one.path in before and index(one.path) in there}
        rows = [fresh.get(one.path) or held.get(one.path) or row_of(one.load()) for one in mine]
        yield Made(address, partial(_file, number + 1, rows))


def _all_rows(stage: Stage, count: int) -> dict[str, Row]:
    """Give what all files say, when pages are about to move between them."""
    found: dict[str, Row] = {}
    for number in range(1, count + 1):
        found |= _rows_in(stage.text(_address(number)), number)
    return found


def _address(number: int) -> str:
    return f"{_FOLDER}{number}.js"


def _place(path: str, count: int) -> int:
    return int.from_bytes(hashlib.sha256(path.encode()).digest()[:4], "big") % count


def _file(number: int, rows: Sequence[Row]) -> bytes:
    told = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    safe = told.replace("\u2028", " ").replace("\u2029", " ").replace("</", "<\\/")
    return f"{_FIRST.format(number=number)}\n{safe}\n{_LAST}".encode("utf-8", "replace")


def _rows_in(text: str, number: int) -> dict[str, Row]:
    """Read what a file says, by address; nothing when it is not one of ours."""
    first = _FIRST.format(number=number)
    if not (text.startswith(first) and text.endswith(_LAST)):
        return {}
    try:
        rows = json.loads(f"[{text[len(first) : -len(_LAST)]}]")
        return {row[0]: (row[0], row[1], row[2], row[3]) for row in rows}
    except (ValueError, IndexError, TypeError):
        return {}


def own_rows(press: Press) -> Iterator[Row]:
    """Give what is found of the pages that every site has."""
    site, office = press.site, press.site.office
    people = [text for one in (*site.political, *site.permanent) for text in (one.name, one.post, one.phone, one.email)]
    contact = [office.address, office.phone, office.fax, office.email, office.hours, office.directions]
    powers = [line for block in site.powers for line in (*block.lines, *(cell for row in block.rows for cell in row))]
    told: dict[str, tuple[str, list[str]]] = {
        "about": ("เกี่ยวกับหน่วยงาน", [office.name, office.about]),
        "structure": ("โครงสร้าง หน้าที่และอำนาจ", [*_units(site.units), *powers]),
        "executives": ("ผู้บริหาร", people),
        "contact": ("ติดต่อเรา", contact),
        "laws": ("กฎหมายและเทศบัญญัติ", [one.title for one in site.laws]),
        "privacy": ("นโยบายคุ้มครองข้อมูลส่วนบุคคล", [office.privacy_policy]),
        "policy": ("นโยบายเว็บไซต์", [office.website_policy]),
    }
    for path, (title, words) in told.items():
        yield index(path), title, "หน้าหลักของเว็บ", plain(" ".join(words))
    for year in site.years:
        items = [text for _, lines in year.groups for line in lines for text in (line.code, line.title)]
        yield index(str(year.year_be)), plain(year.title), "รายการข้อมูลประจำปี", plain(" ".join(items))


def _units(units: Sequence[UnitNode]) -> Iterator[str]:
    for one in units:
        yield from (one.name, one.head)
        yield from _units(one.under)
