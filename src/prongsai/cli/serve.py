"""``prongsai serve``: the platform for an office."""

import os

import click

from prongsai.cli import FINE
from prongsai.cli.platform import one_json_line, start_django, tell_faults
from prongsai.cli.show import line
from prongsai.web import environment

NOT_UPGRADED = 3  # what no other attempt mends: RestartPreventExitStatus of deploy/systemd/prongsai.service


@click.command(name="serve", short_help="the platform for an office")
@click.option(
    "--host", default=None, help="ที่อยู่ที่เปิดรับ (ค่าเดิม PRONGSAI_LISTEN หรือ 127.0.0.1; 0.0.0.0 คือทุกเครื่องในเครือข่าย)"
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="พอร์ต (0 = พอร์ตที่ว่าง)")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="จำนวนโพรเซส (SQLite ใช้ 1 เสมอ)"
)
@click.option("--no-work", is_flag=True, help="ไม่ทำงานเบื้องหลังให้ (เปิด prongsai work ไว้ต่างหาก)")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์ที่อยู่เป็น JSON บรรทัดเดียวเมื่อพร้อม")
def command(host: str | None, port: int, workers: int, no_work: bool, as_json: bool) -> int:
    """เปิดระบบให้หน่วยงานใช้ ข้อมูลอยู่ในโฟลเดอร์ PRONGSAI_DATA (ค่าเดิม ./data) หยุดด้วย Ctrl-C."""
    listen = host or environment.text(environment.LISTEN) or environment.LOCAL
    os.environ[environment.LISTEN] = listen
    start_django()
    from prongsai.web.operations import server  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.operations.upgrade import NotUpgraded  # noqa: PLC0415  # reason: as above
    from prongsai.web.work.child import worker_beside  # noqa: PLC0415  # reason: only there with the web extra

    try:
        server.prepare(lambda sentence: click.echo(sentence, err=True))
    except NotUpgraded as mistake:
        if not mistake.is_lasting:
            raise
        click.echo(mistake.one_line, err=True)
        return NOT_UPGRADED
    found = server.faults()
    server.refuse(found)
    tell_faults([(str(each.id), str(each.msg), str(each.hint or "")) for each in found])
    address = server.address_for(listen, port)

    def told() -> None:
        if as_json:
            first = address.first_run_url if address.is_first else None
            one_json_line({"url": address.url, "first_run_url": first})
        else:
            line(f"โปร่งใสเปิดแล้วที่ {address.url}  (หยุดด้วย Ctrl-C)", "bold green")
            if address.is_first:
                line(f"ยังไม่มีหน่วยงาน ตั้งค่าครั้งแรกที่ {address.first_run_url}", "bold")

    with worker_beside(wanted=not no_work):
        server.run(address, workers=server.workers_for(workers), told=told)
    return FINE
