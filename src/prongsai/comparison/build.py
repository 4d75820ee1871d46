"""Makes the explorer: a folder of static files that any web server gives, below any path, without a program.

Only what changed is written, each file at once; a run that was cut off is taken up by the next. An address that was
ever public is never removed: it says that nothing stands there any more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from prongsai.comparison import pages
from prongsai.comparison.datafiles import data_files
from prongsai.comparison.figures import Figures
from prongsai.comparison.model import Nation
from prongsai.comparison.render import ICON, OWN_STYLE, STYLE, Press
from prongsai.errors import FileUnusable
from prongsai.portal.addresses import MANIFEST, WORKSHOP
from prongsai.portal.alone import alone
from prongsai.portal.stage import Folder, Made

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a run did: files written and kept, all addresses, the bytes of all files."""

    written: int
    kept: int
    addresses: tuple[str, ...]
    size: int


def build(nation: Nation, to: Path, *, said: str = "", tell: Tell | None = None) -> Built:
    """Make a folder show a nation. said: a line at the foot of every page; tell: called with each file written.

    Raises FileUnusable for a nation without a result, and for a folder that holds other things.
    """
    if not nation.results:
        raise FileUnusable(
            "no result can be shown",
            message_th="ยังไม่มีผลของหน่วยงานใดที่แสดงได้",
            mend_th="ตรวจการจับคู่ช่องหน่วยงาน จังหวัด และคะแนน",
        )
    usable(to)
    with alone(to):
        folder = Folder.open(to, tell)
        try:
            press = Press(Figures(nation), said)
            for made in everything(press):
                folder.put(made)
            _gone(folder, press)
        except BaseException:
            folder.close()
            raise
        folder.finish()
    found = folder.manifest.files
    return Built(folder.written, folder.kept, tuple(sorted(found)), sum(one.size for one in found.values()))


def usable(to: Path) -> None:
    """Refuse a folder that holds other things. Raises FileUnusable."""
    if not to.exists():
        return
    if to.is_dir() and ((to / MANIFEST).exists() or (to / WORKSHOP).exists() or not any(to.iterdir())):
        return
    raise FileUnusable(
        f"{to} holds other things",
        message_th=f"{to} มีสิ่งอื่นอยู่",
        mend_th="เลือกโฟลเดอร์ว่าง หรือโฟลเดอร์ที่เคยสร้างเว็บเปรียบเทียบนี้",
    )


def everything(press: Press) -> Iterator[Made]:
    """Give every file, what is led to before what leads to it."""
    yield from _statics()
    yield from data_files(press.figures)
    yield from pages.agency_pages(press)
    yield from pages.province_pages(press)
    yield from pages.year_pages(press)
    yield from pages.contradiction_pages(press)
    yield pages.provinces_page(press)
    yield pages.data_page(press)
    yield pages.method_page(press)
    yield pages.missing_page(press)
    yield pages.nation_page(press)


def _statics() -> Iterator[Made]:
    """Give what pages are dressed in: the look of the public sites, and what only tables and charts need."""
    portal = files("prongsai.portal") / "static"
    for address, name in ((STYLE, "site.css"), (ICON, "icon.svg")):
        yield Made(address, (portal / name).read_bytes())
    for font in sorted((portal / "fonts").iterdir(), key=lambda one: one.name):
        yield Made(f"assets/fonts/{font.name}", font.read_bytes())
    yield Made(OWN_STYLE, (files("prongsai.comparison") / "static" / "compare.css").read_bytes())


def _gone(folder: Folder, press: Press) -> None:
    """Say at every address that was public, and that nothing stands at any more, that it is gone."""
    for address in sorted(folder.manifest.files.keys() - folder.touched):
        if address.endswith(".html"):
            content = press.set("gone.html", at=address, title="หน้านี้ไม่มีแล้ว")
        else:
            content = "ไม่ได้เผยแพร่ไฟล์นี้แล้ว\n".encode()
        folder.put(Made(address, content), role="gone")
