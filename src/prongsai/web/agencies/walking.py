"""Work that is done for every agency at night: one after another, each by itself, with one of them in memory at a time.

What is broken in one agency is told at the end and stops no other; a database that is away stops everything at once.
"""

from __future__ import annotations

import logging
import traceback
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, connection
from django.db.models import QuerySet

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.models import Agency

SAY_EVERY = 500
NAMED_MOST = 20
# What data that nobody expected may raise. Not everything: a program that is stopped, or out of memory, ends.
BROKEN = (
    *(ProngsaiError, ValidationError, DatabaseError, ObjectDoesNotExist, OSError),
    *(LookupError, ValueError, TypeError, AttributeError, AssertionError, ArithmeticError),
)
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Broken:
    """An agency in which it could not be done. what: the kind of fault and the line of ours; none of its words."""

    code: str
    what: str


def add_agency(parser: ArgumentParser) -> None:
    """Let a command take the code of one agency."""
    parser.add_argument("--agency", help="รหัส อปท. ๘ หลัก (ไม่ใส่: ทุกหน่วยงาน)")


def asked_for(options: Mapping[str, Any]) -> QuerySet[Agency]:
    """Give the agencies that a command was asked for: one or all. Raises CommandError for a code that nobody has."""
    agencies = Agency.objects.all()
    if options["agency"]:
        agencies = agencies.filter(code=options["agency"])
        if not agencies.exists():
            raise CommandError(f"ไม่มีหน่วยงานรหัส {options['agency']}")
    return agencies


def walk(command: BaseCommand, agencies: QuerySet[Agency], work: Callable[[Agency], object]) -> tuple[Broken, ...]:
    """Do something for every agency; give those in which it could not be done, for ``refuse``. Long walks tell how far.

    Only keys are read beforehand: there may be thousands of agencies.
    """
    keys = list(agencies.order_by("code").values_list("pk", "code"))
    broken = []
    for done, (pk, code) in enumerate(keys, start=1):
        fault = _fault(pk, work)
        if fault:
            broken.append(Broken(code, fault))
            command.stderr.write(f"{code}: {fault}")
        if done % SAY_EVERY == 0:
            command.stdout.write(f"ทำแล้ว {done} จาก {len(keys)} หน่วยงาน")
            command.stdout.flush()
    return tuple(broken)


def refuse(broken: tuple[Broken, ...]) -> None:
    """End a command that could not be done everywhere. Raises CommandError; nothing happens where all went well."""
    if broken:
        named = ", ".join(one.code for one in broken[:NAMED_MOST])
        raise CommandError(f"ทำไม่สำเร็จ {len(broken)} หน่วยงาน: {named}{' …' if len(broken) > NAMED_MOST else ''}")


def _fault(pk: int, work: Callable[[Agency], object]) -> str:
    """Do it for one agency; say what was wrong, nothing when all went well."""
    try:
        agency = Agency.objects.filter(pk=pk).first()
        if agency is not None:  # taken away meanwhile
            work(agency)
    except BROKEN as fault:
        if isinstance(fault, OperationalError) and not connection.is_usable():
            raise
        last = traceback.extract_tb(fault.__traceback__)[-1]
        _LOG.warning("agency %s: %s in %s line %s", pk, type(fault).__name__, Path(last.filename).name, last.lineno)
        return f"{type(fault).__name__} ({Path(last.filename).name} {last.lineno})"
    return ""
