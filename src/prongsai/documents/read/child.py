"""Read one file in a process of its own: its bytes on standard input, the document as JSON on standard output.

The libraries underneath are compiled or large. A crafted file may make one of them ask for all memory, run for ever or
end its process; that process is this one, which knows nothing and can be lost. Nothing in a document is run or fetched.
"""

import contextlib
import importlib
import json
import sys
from typing import NoReturn

from prongsai.documents.wire import dumps
from prongsai.errors import FileUnusable, LimitExceeded

try:
    import resource
except ImportError:  # Windows has no such limit; size, count and time limits remain
    resource = None  # type: ignore[assignment]

MODULES = {
    "docx": "docx",
    "xlsx": "sheets",
    "xls": "sheets",
    "ods": "sheets",
    "csv": "sheets",
    "html": "html",
    "pdf": "pdf",
}
REFUSED = 3


def main(kind: str, name: str, memory_bytes_max: int) -> None:
    """Answer with the document, or end with REFUSED and the sentences of what is wrong with the file."""
    limit_memory(memory_bytes_max)
    content = sys.stdin.buffer.read()
    try:
        if kind == "zip":
            kind = _kind_in_zip(content, name)
        reader = importlib.import_module(f"prongsai.documents.read.{MODULES[kind]}")
        answer = dumps(reader.read(content, name))
    except FileUnusable as refusal:
        _refuse(refusal)
    except ModuleNotFoundError as missing:
        _refuse(_not_installed(kind, name, missing.name or ""))
    sys.stdout.buffer.write(answer)


def _kind_in_zip(content: bytes, name: str) -> str:
    from prongsai.documents.read.archive import format_inside  # noqa: PLC0415  # reason: who starts this needs no XML

    return format_inside(content, name)


def _not_installed(kind: str, name: str, package: str) -> FileUnusable:
    return FileUnusable(
        f"{name}: reading {kind} needs the package {package}",
        message_th=f"ยังอ่าน {kind.upper()} ({name}) ไม่ได้ เพราะไม่ได้ติดตั้ง {package}",
        mend_th='ติดตั้งด้วย pip install "prongsai[pdf]"',
    )


def limit_memory(bytes_max: int) -> None:
    """Have this process end when it asks for more memory, where the system can do that."""
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (bytes_max, bytes_max))


def form_of(refusal: FileUnusable) -> dict[str, object]:
    """Give the sentences of what is wrong with a file, as JSON takes them."""
    return {
        "limit": isinstance(refusal, LimitExceeded),
        "message": str(refusal),
        "message_th": refusal.message_th,
        "mend_th": refusal.mend_th,
    }


def _refuse(refusal: FileUnusable) -> NoReturn:
    sys.stdout.buffer.write(json.dumps(form_of(refusal)).encode("ascii"))
    sys.exit(REFUSED)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
