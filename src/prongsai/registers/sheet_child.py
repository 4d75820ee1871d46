"""Read one spreadsheet in a process of its own: its bytes on standard input, events on standard output.

An event is a line of JSON. A crafted file may make a reader ask for all memory, run for ever or end its process; that
process is this one. A refusal is written on standard error as JSON. Nothing in a file is run or fetched.
"""

import contextlib
import json
import sys

from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.registers.sheet_stream import events_of

try:
    import resource
except ImportError:  # Windows has no such limit; size, count and time limits remain
    resource = None  # type: ignore[assignment]

REFUSED = 3


def main(name: str, memory_bytes_max: int) -> int:
    """Write the events of the file, or what is wrong with it; gives the exit status."""
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes_max, memory_bytes_max))
    try:
        for event in events_of(sys.stdin.buffer.read(), name):
            sys.stdout.write(json.dumps(event, ensure_ascii=True) + "\n")
    except FileUnusable as refusal:
        form = {
            "limit": isinstance(refusal, LimitExceeded),
            "message": str(refusal),
            "message_th": refusal.message_th,
            "mend_th": refusal.mend_th,
        }
        sys.stderr.write(json.dumps(form))
        return REFUSED
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
