"""What a test kills: ``python -m tests.web.letters.killed DATABASE WHAT LETTER``; says when it has got half-way."""

from __future__ import annotations

import sys

from prongsai.cli.platform import start_django

start_django()

from django.db import connection, transaction  # noqa: E402

from prongsai.web.agencies.models import Agency  # noqa: E402
from prongsai.web.agencies.roles import Role  # noqa: E402
from prongsai.web.letters.models import Letter, Series  # noqa: E402
from prongsai.web.letters.services import numbers as services  # noqa: E402
from tests.web import office  # noqa: E402


def wait() -> None:
    """Say so, and wait for whoever pulls the plug."""
    print("half-way", flush=True)
    sys.stdin.read()


def before(statement: str):
    """Wait before the first such statement: what stands before it in the transaction is done."""

    def watch(execute, sql, params, many, context):
        if sql.startswith(statement):
            wait()
        return execute(sql, params, many, context)

    return connection.execute_wrapper(watch)


def main(database: str, what: str, pk: str) -> None:
    """Give a number, as far as ``what`` says."""
    connection.settings_dict["NAME"] = database
    scope = office.scope(Agency.objects.get(), Role.CLERK)
    series = Series.objects.get()
    if what == "reserved":
        services.reserve(scope, series=series, subject="จองก่อนไฟดับ")
        wait()
    elif what == "taken":
        with transaction.atomic():
            services.take_number(scope, series=series, subject="ไฟดับ", used=True)
            wait()
    else:
        with before('UPDATE "letters_letter"'):
            letter = Letter.objects.get(pk=pk)
            services.number_letter(scope, letter=letter, version=1, dated=scope.today)


if __name__ == "__main__":
    main(*sys.argv[1:])
