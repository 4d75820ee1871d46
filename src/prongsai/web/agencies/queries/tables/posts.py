"""What would become of the rows of a table of posts."""

from typing import Any

from django.utils.translation import gettext as _

from prongsai.web.agencies.models import Post, Side, Unit
from prongsai.web.agencies.queries.tables.cells import Cells
from prongsai.web.agencies.queries.tables.work import Work


def plan_posts(work: Work) -> None:
    """Plan the rows in their order."""
    for cells in work.cells():
        _plan(work, cells)


def _plan(work: Work, cells: Cells) -> None:
    row = cells.row
    title, number = cells.needed("title"), cells.text("number", 40)
    row.title = title
    unit, _is_right = work.unit(cells, "unit")
    start, end = cells.period("valid_from", "valid_to")
    values: dict[str, Any] = {
        "side": cells.side(),
        "is_head": cells.yes("is_head"),
        "duties": cells.text("duties", 2000),
    }
    values |= {"valid_from": start, "valid_to": end, "number": number}
    found = None if row.faults else _found(work, cells, title, unit, number)
    if found is not None and end is not None:
        _check_closing(work, cells, found)
    if row.faults:
        return
    if found is not None:
        renamed = {"title": title, "unit": unit} if number and found.number == number else {}
        work.alter(row, found, "post.change", values | renamed)
        return
    given = {key: value for key, value in values.items() if value not in (None, "")}
    post = Post(agency=work.agency, title=title, unit=unit, place=row.number, **({"side": Side.PERMANENT} | given))
    row.is_new = True
    work.make(row, post, "post.create")
    work.book.add_post(post)


def _found(work: Work, cells: Cells, title: str, unit: Unit | None, number: str) -> Post | None:
    """Find the post of a row: by its number, else by title and unit."""
    numbered = work.book.post_numbered(number) if number else None
    if numbered is not None:
        return numbered
    called = work.book.posts_called(title, unit)
    if number:
        called = [post for post in called if not post.number]
        return called[0] if len(called) == 1 else None
    if len(called) > 1:
        text = _("มีตำแหน่งชื่อนี้ %(count)s ตำแหน่ง ไม่รู้ว่าหมายถึงตำแหน่งใด") % {"count": len(called)}
        cells.fault("title", text, _("ใส่เลขที่ตำแหน่ง"), [post.number for post in called if post.number][:3])
    return called[0] if called else None


def _check_closing(work: Work, cells: Cells, post: Post) -> None:
    end = cells.day("valid_to")
    held = [one for one in work.book.holders(post, end) if end and (one.valid_to is None or one.valid_to > end)]
    if held:
        text = _("ยังมีผู้ดำรงตำแหน่ง %(count)s ราย") % {"count": len(held)}
        cells.fault("valid_to", text, _("บันทึกวันสิ้นสุดการดำรงตำแหน่งก่อน"))
