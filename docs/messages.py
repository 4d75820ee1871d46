"""Bring the English of the interface up to date: ``python -m docs.messages``; ``--check`` only compares.

Thai is the language of the source. The templates are read as Django reads them, the modules as Python does:
``xgettext`` would be one more thing to install and does not see a message inside an f-string.
"""

import ast
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[1] / "src" / "prongsai" / "web"
ENGLISH = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
_HEADER = "The English of the interface. Thai is the source. Kept by `python -m docs.messages`; fill in the msgstr."
_METADATA = {
    "Project-Id-Version": "prongsai",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
_FUNCTIONS = {f"{name}{lazy}" for name in ("gettext", "ngettext") for lazy in ("", "_lazy")} | {"gettext_noop"}
_STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(rf"(?<!\w)(?:gettext|ngettext|_)\(\s*{_STRING}(?:,\s*{_STRING})?", flags=re.DOTALL)
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


@dataclass
class Message:
    """A message of the source: the Thai, the Thai of many if it differs by number, and the files that show it."""

    thai: str
    many: str = ""
    files: list[str] = field(default_factory=list)


def found() -> dict[str, Message]:
    """Give every message of the modules and templates by its Thai, in the order of the files."""
    messages: dict[str, Message] = {}
    for path in sorted(file for kind in ("py", "html", "txt") for file in WEB.rglob(f"*.{kind}")):
        name = path.relative_to(WEB).as_posix()
        if "/migrations/" in name or "/static/" in name:
            continue
        text = path.read_text(encoding="utf-8")
        for thai, many in _of_module(text) if path.suffix == ".py" else _of_template(text, name):
            message = messages.setdefault(thai, Message(thai))
            message.many = message.many or many
            message.files += [] if name in message.files else [name]
    return messages


def _of_template(text: str, name: str) -> Iterator[tuple[str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about comments for translators
        calls = _CALL.finditer(templatize(text, origin=name))
    for call in calls:
        yield ast.literal_eval(call[1]), ast.literal_eval(call[2] or "''")


def _of_module(text: str) -> Iterator[tuple[str, str]]:
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _FUNCTIONS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            is_counted = names[node.func.id].startswith("n")
            for thai in _constants(node.args[0]):
                yield thai, _constants(node.args[1])[0] if is_counted else ""


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _constants(node.body) + _constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def collect() -> None:
    """Bring django.po up to the source: what is gone leaves, what is new comes without English."""
    kept = {entry.msgid: entry for entry in _book()} if ENGLISH.is_file() else {}
    book = polib.POFile(wrapwidth=110, encoding="utf-8")
    book.header, book.metadata = _HEADER, _METADATA
    book += [_entry(message, kept.get(message.thai)) for message in found().values()]
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(ENGLISH), newline="\n")


def _entry(message: Message, kept: polib.POEntry | None) -> polib.POEntry:
    texts = _texts(kept) if kept else []
    made = polib.POEntry(msgid=message.thai)  # without the places: they would change whenever a file moves
    if message.many:
        made.msgid_plural = message.many
        made.msgstr_plural = dict(enumerate(texts if len(texts) == 2 else ["", ""]))
    else:
        made.msgstr = texts[0] if texts else ""
    return made


def faults() -> list[str]:
    """Say what is wrong with the English: what is missing, doubtful, out of use or has other placeholders."""
    book, messages = {entry.msgid: entry for entry in _book()}, found()
    wrong = [f"not in use: {thai}" for thai in book if thai not in messages]
    for thai, message in messages.items():
        where = f"{message.files[0]}: {thai}"
        entry = book.get(thai)
        if entry is None or entry.fuzzy or not all(_texts(entry)):
            wrong.append(f"no English: {where}")
        elif any(places(text) != places(thai) for text in _texts(entry)):
            wrong.append(f"other placeholders: {where}")
    return wrong + ([] if _is_compiled() else ["django.mo is not that of django.po"])


def places(text: str) -> list[str]:
    """Give the placeholders of a message, sorted: ``%(name)s``, ``%s``, ``%%``, ``{name}``."""
    return sorted(_PLACE.findall(text))


def _book() -> polib.POFile:
    return polib.pofile(str(ENGLISH), encoding="utf-8")


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _is_compiled() -> bool:
    compiled = ENGLISH.with_suffix(".mo")
    return compiled.is_file() and compiled.read_bytes() == _book().to_binary()


def main() -> int:
    """Collect and compile, or compare; gives the exit status, 1 if anything is still without English."""
    if not settings.configured:  # templatize asks for the language's files, not for the platform
        settings.configure(USE_I18N=True)
        django.setup()
    if "--check" not in sys.argv[1:]:
        collect()
        ENGLISH.with_suffix(".mo").write_bytes(_book().to_binary())
    wrong = faults()
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
