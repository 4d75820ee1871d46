"""The door to the platform for its verbs: the web extra must be there, and Django is set up only now."""

import importlib.util
import json
import sys
from pathlib import Path

import click
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from prongsai.cli.show import line
from prongsai.errors import ProngsaiError
from prongsai.web import environment

_NEEDED = ("django", "granian", "pyrage", "whitenoise", "allauth")


def need_web() -> None:
    """Refuse in one line, with the command that mends it, when the web extra is not installed."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise ProngsaiError(
            f"the web extra is not installed: {', '.join(missing)}",
            message_th=f"ยังไม่ได้ติดตั้งส่วนเว็บของโปร่งใส (ขาด {', '.join(missing)})",
            mend_th='ติดตั้งด้วย pip install "prongsai[web]"',
        )


def start_django(data: Path | None = None) -> None:
    """Set Django up on the data folder, by default that of ``PRONGSAI_DATA``."""
    need_web()
    if environment.secret(environment.DATABASE) and importlib.util.find_spec("psycopg") is None:
        raise ProngsaiError(
            "the postgres extra is not installed",
            message_th="ตั้ง PRONGSAI_DATABASE เป็น PostgreSQL แต่ยังไม่ได้ติดตั้งตัวเชื่อมต่อ",
            mend_th='ติดตั้งด้วย pip install "prongsai[web,postgres]"',
        )
    from prongsai.web.operations.start import start  # noqa: PLC0415  # reason: only there with the web extra

    start(data)


def one_json_line(data: object) -> None:
    """Print JSON on one line at once, for a program that waits for it."""
    click.echo(json.dumps(data, ensure_ascii=False))
    sys.stdout.flush()


class Bar:
    """A progress bar on a terminal, one at a time; nothing elsewhere. Call it with stage, done and total."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:3.0f} %"))
        self._progress = Progress(*columns, TimeRemainingColumn(), transient=True, disable=not _is_terminal())
        self._task, self._stage = self._progress.add_task(""), ""

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._progress.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if stage != self._stage:
            self._stage = stage
            self._progress.reset(self._task, description=stage)
        self._progress.update(self._task, completed=done, total=max(total, 1))


def _is_terminal() -> bool:
    return sys.stderr.isatty() and sys.stdout.isatty()


def tell_faults(warnings: list[tuple[str, str, str]]) -> None:
    """Print warnings of the checks on standard error: id, sentence, mend."""
    for code, sentence, mend in warnings:
        click.echo(f"⚠ {code} {sentence}" + (f" — {mend}" if mend else ""), err=True)


def heading(text: str) -> None:
    """Print a line that stands out."""
    line(text, "bold")
