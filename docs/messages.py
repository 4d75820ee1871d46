"""Bring the English of the interface up to date: ``python -m docs.messages``; ``--check`` only compares.

Thai is the language of the source. Collecting needs ``xgettext`` and ``msgmerge``; checking and compiling need neither.
"""

import ast
import os
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from django.core.management import call_command
from django.core.management.commands.makemessages import Command
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[1] / "src" / "prongsai" / "web"
ENGLISH = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
_CALL = re.compile(r"(?<!\w)(?:n?p?gettext|_)\(\s*")
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|%%")
_FUNCTIONS = {f"{name}{lazy}" for name in ("gettext", "ngettext") for lazy in ("", "_lazy", "_noop")}


def in_templates() -> Iterator[tuple[str, Path]]:
    """Give every message of the templates, with the file."""
    for path in sorted(file for kind in ("html", "txt") for file in WEB.rglob(f"templates/**/*.{kind}")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for call in _CALL.finditer(text):
            yield _literal(text[call.end() :]), path


def _literal(text: str) -> str:
    """Read the string that a text begins with."""
    found = re.match(r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", text, flags=re.DOTALL)
    assert found, text[:80]
    return str(ast.literal_eval(found[1]))


def in_python() -> Iterator[tuple[str, Path]]:
    """Give every message of the modules, with the file; also those that ``xgettext`` does not see."""
    for path in sorted(WEB.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            for alias in node.names
            if alias.name in _FUNCTIONS
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield from ((text, path) for text in _constants(node.args[0]))


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _constants(node.body) + _constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def places(text: str) -> list[str]:
    """Give the placeholders of a message, sorted: ``%(name)s``, ``%s``, ``{name}``, ``%%``."""
    return sorted(_PLACE.findall(text))


def faults() -> list[str]:
    """Say what is wrong with the English: what is missing, doubtful or has other placeholders than the Thai."""
    book = {entry.msgid: entry for entry in polib.pofile(str(ENGLISH), encoding="utf-8") if not entry.obsolete}
    wrong = []
    for thai, path in dict([*in_templates(), *in_python()]).items():
        entry = book.get(thai)
        if entry is None:
            wrong.append(f"{path.relative_to(WEB).as_posix()}: not collected: {thai}")
        elif entry.fuzzy or not all(_texts(entry)):
            wrong.append(f"{path.relative_to(WEB).as_posix()}: no English: {thai}")
    wrong += [f"other placeholders: {thai}" for thai, entry in book.items() if not _same_places(entry)]
    if not ENGLISH.with_suffix(".mo").is_file() or _compiled() != ENGLISH.with_suffix(".mo").read_bytes():
        wrong.append("django.mo is not that of django.po")
    return wrong


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _same_places(entry: polib.POEntry) -> bool:
    return all(not text or places(text) == places(entry.msgid) for text in _texts(entry))


def _compiled() -> bytes:
    return bytes(polib.pofile(str(ENGLISH), encoding="utf-8").to_binary())


class _Collect(Command):
    """Django's collector, which also follows our other name for gettext."""

    xgettext_options = [*Command.xgettext_options, "--keyword=say"]


def collect() -> None:
    """Bring django.po up to the source. A guess by likeness is emptied: it would be the English of another message."""
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    os.chdir(WEB)
    call_command(
        _Collect(),
        locale=["en"],
        extensions=["html", "txt", "py"],
        ignore_patterns=["ui/locale", "*/migrations/*"],
        no_obsolete=True,
        add_location="file",
        verbosity=0,
    )
    book = polib.pofile(str(ENGLISH), encoding="utf-8", wrapwidth=110)
    for entry in book:
        entry.previous_msgid = entry.previous_msgid_plural = None
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
    for stamp in ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To"):
        book.metadata.pop(stamp, None)  # a date would change the file though no message did
    book.metadata |= {"Project-Id-Version": "prongsai", "Language": "en"}
    book.header = " The English of the interface. Thai is the source. Written by `python -m docs.messages`; fill in msgstr."
    book.metadata_is_fuzzy = False
    book.save(newline="\n")


def main() -> int:
    """Collect and compile, or compare; gives the exit status, 1 if anything is still without English."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.web.settings")
    django.setup()
    if "--check" not in sys.argv[1:]:
        collect()
        ENGLISH.with_suffix(".mo").write_bytes(_compiled())
    found = faults()
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
