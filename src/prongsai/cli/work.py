"""``prongsai work``: what is done in the background."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.platform import one_json_line, start_django
from prongsai.cli.show import json_out, line, table
from prongsai.errors import ProngsaiError

_ENDINGS = ("SIGTERM", "SIGINT", "SIGBREAK")  # the last is Windows' own


@click.command(name="work", short_help="what is done in the background")
@click.option("--once", is_flag=True, help="ทำงานที่ถึงกำหนดแล้วให้หมด แล้วจบ (สำหรับตัวตั้งเวลาของเครื่อง)")
@click.option("--run", "name", metavar="งาน", help="ทำงานนี้เดี๋ยวนี้ แล้วจบ")
@click.option("--list", "is_list", is_flag=True, help="พิมพ์งานทั้งหมด: กำหนด ครั้งล่าสุด และที่ไม่สำเร็จ")
@click.option("--with-parent", is_flag=True, hidden=True, help="จบเมื่อข้อมูลเข้ามาตรฐานจบ")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(once: bool, name: str | None, is_list: bool, with_parent: bool, as_json: bool) -> int:
    """ทำงานเบื้องหลังไปจนสั่งหยุด: ส่งอีเมล เตือน ปิดการสำรวจ ทำลายเรื่องที่ครบอายุ ตรวจลิงก์ ตรวจไฟล์ สำรองข้อมูล.

    prongsai serve และ demo ทำให้เองแล้ว ใช้คำสั่งนี้เมื่อเปิดด้วย --no-work หยุดด้วย Ctrl-C จะทำงานที่ค้างมือให้เสร็จก่อน
    งานที่พลาดไปขณะปิดเครื่องทำให้หนึ่งครั้งเมื่อเปิด เปิดหลายโพรเซสพร้อมกันได้ งานหนึ่งมีผู้ทำคนเดียว
    """
    start_django()
    from prongsai.web.operations.server import keep_memory_off_the_disk  # noqa: PLC0415  # reason: needs Django

    keep_memory_off_the_disk()
    if is_list:
        return _list(as_json)
    if name is not None:
        return _run(name, as_json)
    return _once(as_json) if once else _keep_on(with_parent, as_json)


def _keep_on(with_parent: bool, as_json: bool) -> int:
    from prongsai.web.operations.database import hang_up  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.work.worker import Worker  # noqa: PLC0415  # reason: as above

    worker = Worker()
    for each in _ENDINGS:
        if hasattr(signal, each):
            signal.signal(getattr(signal, each), lambda *_: worker.stop())
    if with_parent:
        threading.Thread(target=_until_input_ends, args=(worker.stop,), daemon=True).start()
    if as_json:
        one_json_line({"working": True})
    else:
        line("โปร่งใสเริ่มทำงานเบื้องหลังแล้ว  (หยุดด้วย Ctrl-C)", "bold green")
        sys.stdout.flush()
    try:
        worker.run()
    finally:
        hang_up()
    return FINE


def _until_input_ends(stop: Callable[[], None]) -> None:
    while os.read(0, 1024):  # past Python's buffer, whose lock would be held when the process ends
        pass
    stop()


def _once(as_json: bool) -> int:
    from prongsai.web.operations.database import hang_up, reach  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.work.worker import work_once  # noqa: PLC0415  # reason: as above

    reach()
    _need_tables()
    done, failed = work_once()
    hang_up()
    if as_json:
        json_out({"done": done, "failed": failed})
    else:
        line(f"ทำแล้ว {done} งาน ไม่สำเร็จ {failed} งาน")
    return HAS_ERRORS if failed else FINE


def _run(name: str, as_json: bool) -> int:
    from prongsai.web.faults import place_of  # noqa: PLC0415  # reason: only there with the web extra
    from prongsai.web.operations.database import hang_up, reach  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.work.worker import work_now  # noqa: PLC0415  # reason: as above

    reach()
    _need_tables()
    fault = work_now(name)
    hang_up()
    told = (fault.one_line if isinstance(fault, ProngsaiError) else place_of(fault)) if fault else ""
    if as_json:
        json_out({"job": name, "failed": told})
    else:
        line(f"{name}: ไม่สำเร็จ {told}" if fault else f"{name}: เสร็จแล้ว")
    return HAS_ERRORS if fault else FINE


def _list(as_json: bool) -> int:
    from prongsai.web.operations.database import hang_up, reach  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.work.queries import state  # noqa: PLC0415  # reason: as above

    reach()
    _need_tables()
    found = state()
    hang_up()
    if as_json:
        names = ("key", "name", "what", "is_running", "tries", "failed")
        times = ("due_at", "started_at", "done_at")
        jobs = [
            {name: getattr(job, name) for name in names} | {name: _iso(getattr(job, name)) for name in times}
            for job in found.jobs
        ]
        counts = {name: getattr(found, name) for name in ("waiting", "late", "running", "failing")}
        json_out(counts | {"last_run_at": _iso(found.last_run_at), "jobs": jobs})
    else:
        heads = ["งาน", "ทำอะไร", "ครั้งต่อไป", "เสร็จล่าสุด", "ไม่สำเร็จเพราะ"]
        table("งานเบื้องหลัง", heads, ([j.name, j.what, _day(j.due_at), _day(j.done_at), j.failed] for j in found.jobs))
    return FINE


def _need_tables() -> None:
    from prongsai.web.work.worker import is_up_to_date  # noqa: PLC0415  # reason: needs Django

    if not is_up_to_date():
        raise ProngsaiError(
            "the database is not of this version",
            message_th="ฐานข้อมูลยังไม่มี หรือไม่ตรงกับรุ่นของโปรแกรม",
            mend_th="ตรวจ PRONGSAI_DATA และ PRONGSAI_DATABASE แล้วเปิด prongsai serve ของรุ่นนี้หนึ่งครั้งก่อน",
        )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _day(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "–"
