"""Look into files and clean them in a process of its own, one after another: a frame in, a frame out.

The libraries underneath are compiled; a crafted file may make one ask for all memory, run for ever or end its process.
That process is this one, which knows nothing and can be lost. Nothing in a file is run or fetched.
"""

import dataclasses
import os
import sys
from typing import Any

from prongsai.documents.clean.frames import read_frame, write_frame
from prongsai.documents.clean.here import cleaned_here, leaks_here
from prongsai.documents.clean.model import Cleaned
from prongsai.documents.read.child import form_of, limit_memory
from prongsai.errors import FileUnusable


def main(memory_bytes_max: int) -> None:
    """Answer each question with what was found and the copy, or with the sentences of what is wrong with the file."""
    limit_memory(memory_bytes_max)
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
        while (question := read_frame(sys.stdin.buffer)) is not None:
            write_frame(answers, *_answer(*question))


def _answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        if asked["what"] == "leaks":
            made = Cleaned(b"", "", leaks_here(content, asked["name"], allowed=asked["allowed"]))
        else:
            made = cleaned_here(content, asked["name"], mask=asked["mask"], allowed=asked["allowed"])
    except FileUnusable as refusal:
        return {"refusal": form_of(refusal)}, b""
    leaks = [dataclasses.asdict(each) for each in made.left]
    return {"leaks": leaks, "name": made.name, "notes": made.notes}, made.content


if __name__ == "__main__":
    main(int(sys.argv[1]))
