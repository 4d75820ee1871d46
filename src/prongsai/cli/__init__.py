"""The command line: a thin skin, one module a verb, each loaded when it is called."""

import importlib
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
    "read": "เอกสาร → ข้อมูลในเอกสาร · documents to records",
    "lint": "ตรวจข้อผิดพลาดในเอกสาร · faults in documents",
    "gaps": "เอกสารและคะแนน → ประเด็นที่ต้องปรับปรุงและโครงแผน · findings and a plan skeleton",
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
        command = importlib.import_module(f"prongsai.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print what each verb does without loading any."""
        with formatter.section("คำสั่ง · verbs"):
            formatter.write_dl(list(_VERBS.items()), col_max=14)


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="prongsai", message="%(prog)s %(version)s")
def prongsai() -> None:
    """โปร่งใส: งานคุณธรรมและความโปร่งใส (ITA) ของ อปท. ตลอดปีงบประมาณ

    Integrity and transparency work of a Thai local government. Every verb takes --json.
    Exit status: 0 fine, 1 the document or data has errors, 2 the call or file is unusable.
    """


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
    except click.UsageError as mistake:
        return _unusable(f"คำสั่งใช้ไม่ได้: {mistake.format_message()} — ดู prongsai --help")
    except click.Abort:
        return _unusable("ยกเลิก")
    except ProngsaiError as mistake:
        return _unusable(mistake.one_line)
    return status if isinstance(status, int) else FINE


def _unusable(line: str) -> int:
    click.echo(" ".join(line.split()), err=True)
    return UNUSABLE
