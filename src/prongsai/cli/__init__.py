"""The command line: a thin skin, one module a verb, each loaded when it is called."""

import importlib
import os
import re
import sys
from collections.abc import Sequence

import click

from prongsai import __version__
from prongsai.errors import ProngsaiError

FINE, HAS_ERRORS, UNUSABLE = 0, 1, 2

_VERBS = {
    "frameworks": "กรอบการประเมินรายปี: แสดง ตรวจ เทียบ เริ่มปีใหม่ · each year's assessment",
    "score": "คะแนน → โครงคะแนน ระดับ คะแนนที่หายไป และข้อขัดแย้ง · scores to a tree and level",
    "forecast": "คะแนนที่เสี่ยงรายข้อ และทางที่ถูกที่สุดไปถึงเป้า · points at risk, cheapest gains",
    "bulk-score": "คำตอบทั้งประเทศ → คะแนนรายหน่วยงาน จังหวัด ประเทศ · national data to scores",
    "read": "เอกสาร → ข้อมูลในเอกสาร · documents to records",
    "lint": "ตรวจข้อผิดพลาดในเอกสาร · faults in documents",
    "gaps": "เอกสารและคะแนน → ประเด็นที่ต้องปรับปรุงและโครงแผน · findings and a plan skeleton",
    "write": "ข้อมูล → เอกสารราชการ (Word PDF HTML Excel) · records to official papers",
    "template": "แม่แบบ Word ของหน่วยงาน: ช่องที่ใช้ได้ ตัวอย่าง การตรวจ · an office's own Word template",
    "fill": "กรอกแบบฟอร์ม Excel ทางการของปีนั้น · fill the year's official workbook",
    "convert": "เอกสาร → รูปแบบอื่น · a document to another format",
    "diff": "เอกสารสองฉบับต่างกันตรงไหน · what changed, row by row",
    "inspect": "เปิดที่อยู่เว็บหรือไฟล์อย่างผู้ประเมิน · what an assessor would find",
    "registers": "ทะเบียนงานประจำวัน: แสดง ตรวจ เริ่มใหม่ · registers of daily work",
    "ocds": "จัดซื้อจัดจ้างที่เปิดเผยแล้วเป็นข้อมูลสัญญาเปิด · published procurement as OCDS",
    "serve": "เปิดระบบให้หน่วยงานใช้ · the platform for an office",
    "work": "งานเบื้องหลัง: อีเมล เตือน ปิดสำรวจ ตรวจลิงก์ สำรอง · what is done in the background",
    "agencies": "หน่วยงานในเครื่องแม่ข่าย: บัญชีรหัส เพิ่ม ผู้ดูแล · the agencies of an installation",
    "demo": "เปิดระบบพร้อมเทศบาลสมมติให้ลองใช้ · the platform with a made-up municipality",
    "backup": "สำรองข้อมูลทั้งหมดเป็นไฟล์เข้ารหัสไฟล์เดียว · everything in one encrypted file",
    "restore": "กู้คืนจากไฟล์สำรอง · bring a backup back",
    "upgrade": "ปรับข้อมูลเป็นรุ่นที่ติดตั้ง สำรองก่อน · the data to the installed version",
    "publish": "เว็บสาธารณะเป็นไฟล์ ลงโฟลเดอร์หรือ ZIP · the public site as files",
    "compare": "ตารางผลการประเมินที่เผยแพร่ → ข้อขัดแย้ง และเว็บเปรียบเทียบ · published results, checked and explored",
    "verify": "ตรวจหนังสือที่ลงนามแล้ว: ครบถ้วนหรือถูกแก้ · a signed letter: whole or not",
}


class Verbs(click.Group):
    """The verbs, each in ``prongsai.cli.<verb>`` under the name ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the verbs in the order of the work."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one verb."""
        if cmd_name not in _VERBS:
            return None
        command = importlib.import_module(f"prongsai.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print what each verb does without loading any."""
        with formatter.section("คำสั่ง · verbs"):
            formatter.write_dl(list(_VERBS.items()), col_max=14)


@click.command(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="prongsai", message="%(prog)s %(version)s")
@click.pass_context
def prongsai(context: click.Context) -> int:
    """โปร่งใส: งานคุณธรรมและความโปร่งใส (ITA) ของ อปท. ตลอดปีงบประมาณ

    Integrity and transparency work of a Thai local government. Every verb takes --json.
    Exit status: 0 fine, 1 the document or data has errors, 2 the call or file is unusable.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return FINE


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit status. What is unusable is said in one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = prongsai.main(args=None if arguments is None else list(arguments), standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as mistake:
        return _unusable(f"คำสั่งใช้ไม่ได้: {usage_th(mistake)} — ดู prongsai --help")
    except click.Abort:
        return _unusable("ยกเลิก")
    except ProngsaiError as mistake:
        return _unusable(mistake.one_line)
    except BrokenPipeError:  # whoever read our output has enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 # reason: lives until the end
        return FINE
    except OSError as mistake:
        return _unusable(f"เขียนหรืออ่าน {mistake.filename or 'ผลลัพธ์'} ไม่ได้ ({mistake.strerror}) — ตรวจชื่อ สิทธิ์ และพื้นที่ว่าง")
    return status if isinstance(status, int) else FINE


def usage_th(mistake: click.UsageError) -> str:
    """Say in Thai what is wrong with a call."""
    if isinstance(mistake, click.MissingParameter):
        return f"ขาด {mistake.param.make_metavar(mistake.ctx) if mistake.param and mistake.ctx else mistake.param_hint}"
    if isinstance(mistake, click.NoSuchOption):
        near = f" ใกล้เคียงคือ {', '.join(mistake.possibilities)}" if mistake.possibilities else ""
        return f"ไม่มีตัวเลือก {mistake.option_name}{near}"
    if isinstance(mistake, click.BadParameter) and mistake.param is not None:
        return f"ค่าของ {'/'.join(mistake.param.opts)} ใช้ไม่ได้: {mistake.message}"
    found = re.fullmatch(r"No such command '(.*)'\.?", mistake.message)
    return f"ไม่มีคำสั่ง {found.group(1)} (มี {', '.join(_VERBS)})" if found else mistake.format_message()


def _unusable(line: str) -> int:
    click.echo(" ".join(line.split()), err=True)
    return UNUSABLE
