"""Filling the databases of ``bench.nation``: one office, then as many as are asked for; Django is set up by then."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from django.core.management import call_command, get_commands
from django.db import models

from bench import nation_around, nation_data, nation_office
from bench.nation_jobs import JOBS
from bench.nation_pages import routes
from prongsai.web.agencies.models import Agency


def fill(agencies: int, made: Path) -> None:
    """Make the first office in an empty database, or all the others beside it. made: where what is in it is kept."""
    if agencies == 1 or not made.exists():
        _first(made)
    else:
        nation_data.multiply(1, agencies - 1, nation_data.flushed)
        nation_around.others()


def _first(path: Path) -> None:
    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    agency, made = nation_office.build()
    nation_data.cut_journal(agency)
    nation_around.first(agency)
    path.write_text(json.dumps(_plain(made | {"agency": agency})), encoding="utf-8")
    for name, found in (("routes.json", list(routes())), ("jobs.json", [one for one in JOBS if _is_there(one)])):
        path.with_name(name).write_text(json.dumps(found), encoding="utf-8")
    nation_data.flushed(f"{Agency.objects.count()} office in {time.perf_counter() - began:.1f} s")


def _plain(made: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    return {
        name: (one._meta.label, one.pk if isinstance(one.pk, int) else str(one.pk))
        for name, one in made.items()
        if isinstance(one, models.Model)
    }


def _is_there(name: str) -> bool:
    return JOBS[name][0] in get_commands()
