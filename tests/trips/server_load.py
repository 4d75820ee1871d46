"""People at a real server, in a process of their own: ``python -m tests.trips.server_load FILE``, until it is told to end.

FILE holds where they go, as JSON. They read the public site without pause, write entries, and answer the survey; who
got no acknowledgement of an answer sends it again, as a browser does that kept it. At the end a line of JSON tells what
was acknowledged, and every look at the public site that was not answered with its page.
"""

from __future__ import annotations

import http.client
import json
import re
import ssl
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.trips.surveys_load import Filled, answers_of

PATIENCE_S = 60
PAUSE_S = 0.1  # after what went wrong
READER_PAUSE_S = 0.01  # between two looks at the public site, where the others are to have the processor
TOKEN = "t" * 32
_FORM = re.compile(r'name="form" value="([^"]+)"')
_FAULTS = (OSError, http.client.HTTPException)


@dataclass
class Told:
    """What happened, of all people together. seconds: how long each took that was answered as it should be."""

    entries: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    looks: int = 0
    unseen: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, what: str, seconds: float) -> None:
        with self.lock:
            self.seconds.setdefault(what, []).append(seconds)


class Line:
    """A line to the server that is opened again when it broke."""

    def __init__(self, place: dict[str, Any]) -> None:
        self._place = place
        self._context = ssl.create_default_context(cafile=place["certificate"])
        self._line: http.client.HTTPSConnection | None = None

    def asked(self, method: str, path: str, form: dict[str, str] | None = None, cookies: str = "") -> tuple[int, str]:
        """Ask for something; give status and content. Raises OSError, HTTPException."""
        headers = {"Referer": f"{self._place['origin']}{path}"}
        if cookies:
            headers["Cookie"] = cookies
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line = self._opened()
            line.request(method, path, urlencode(form).encode() if form is not None else None, headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except _FAULTS:
            self._line = None
            raise

    def _opened(self) -> http.client.HTTPSConnection:
        if self._line is None:
            host, port = self._place["origin"].split("/")[2].split(":")
            self._line = http.client.HTTPSConnection(host, int(port), timeout=PATIENCE_S, context=self._context)
        return self._line


class People:
    """All who come, until they are told to go."""

    def __init__(self, place: dict[str, Any]) -> None:
        self.place, self.told, self.ended = place, Told(), threading.Event()
        self._codes: Iterator[str] = iter(place["codes"])
        self._numbers = iter(range(10**9))

    def run(self) -> Told:
        """Have all of them come; give what happened."""
        kinds: dict[str, Callable[[Line], None]] = {
            "reader": self._read,
            "writer": self._write,
            "answerer": self._answer,
        }
        kinds["clerk"] = self._look_inside
        threads = [
            threading.Thread(target=self._walk, args=(kinds[kind],), daemon=True)
            for kind, count in self.place["people"].items()
            for _ in range(count)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return self.told

    def _walk(self, step: Callable[[Line], None]) -> None:
        line = Line(self.place)
        while not self.ended.is_set():
            step(line)

    def _next(self) -> int:
        with self.told.lock:
            return next(self._numbers)

    # --- who only reads ---------------------------------------------------------------------------------------------
    def _read(self, line: Line) -> None:
        """Look at a page of the public site: each look must be answered with it, whatever else is away."""
        page = self.place["public"][self._next() % len(self.place["public"])]
        began = time.perf_counter()
        try:
            status, content = line.asked("GET", page)
            wrong = "" if status == 200 and "</html>" in content else f"{page} {status}"
        except _FAULTS as fault:
            wrong = f"{page} {type(fault).__name__} {fault}"
        self.told.took("public page", time.perf_counter() - began)
        with self.told.lock:
            self.told.looks += 1
            if wrong:
                self.told.unseen.append(wrong)
        self.ended.wait(self.place.get("pause_s", READER_PAUSE_S))

    # --- who works inside -------------------------------------------------------------------------------------------
    @property
    def _cookies(self) -> str:
        return f"sessionid={self.place['session']}; csrftoken={TOKEN}"

    def _look_inside(self, line: Line) -> None:
        page = self.place["inside"][self._next() % len(self.place["inside"])]
        began = time.perf_counter()
        if self._status(line, "GET", page) == 200:
            self.told.took("page inside", time.perf_counter() - began)

    def _write(self, line: Line) -> None:
        """Save an entry by the form; what is not acknowledged is not sent again."""
        title = f"ระเบียบทดสอบฉบับที่ {self._next()} {self.place.get('run', '')}".strip()
        form = {"kind": "rule", "title": title, "year_be": "2565", "status": "in_force", "csrfmiddlewaretoken": TOKEN}
        began = time.perf_counter()
        if self._status(line, "POST", f"/{self.place['code']}/registers/laws/add/", form) == 302:
            self.told.took("entry", time.perf_counter() - began)
            with self.told.lock:
                self.told.entries.append(title)

    def _status(self, line: Line, method: str, page: str, form: dict[str, str] | None = None) -> int:
        try:
            status = line.asked(method, page, form, self._cookies)[0]
        except _FAULTS as fault:
            return self._refused(type(fault).__name__)
        return status if status in (200, 302) else self._refused(f"{method} {status}")

    def _refused(self, why: str) -> int:
        with self.told.lock:
            self.told.refused[why] += 1
        self.ended.wait(PAUSE_S)
        return 0

    # --- who answers ------------------------------------------------------------------------------------------------
    def _answer(self, line: Line) -> None:
        with self.told.lock:
            code, number = next(self._codes, ""), next(self._numbers)
        if not code:
            self.ended.wait(1.0)
            return
        path = f"/{self.place['code']}/ask/{self.place['address']}/"
        filled: Filled | None = None
        while not self.ended.is_set():
            began = time.perf_counter()
            try:
                if filled is None:
                    found = _FORM.search(line.asked("GET", path)[1])
                    filled = Filled(found[1], code, answers_of(number)) if found else None
                if filled and line.asked("POST", path, filled.form_sent)[0] == 200:
                    self.told.took("answer", time.perf_counter() - began)
                    with self.told.lock:
                        self.told.answers.append(number)
                    return
                self._refused("answer")
            except _FAULTS as fault:
                self._refused(f"answer {type(fault).__name__}")


def main(file: str) -> None:
    people = People(json.loads(Path(file).read_text(encoding="utf-8")))

    def listen() -> None:
        for line in sys.stdin:
            if line.strip() == "how":  # how far it is
                told = people.told
                with told.lock:
                    far = {"entries": len(told.entries), "answers": len(told.answers), "looks": told.looks}
                    far["refused"] = sum(told.refused.values())
                print(json.dumps(far), flush=True)
        people.ended.set()

    threading.Thread(target=listen, daemon=True).start()
    began = time.monotonic()
    told = people.run()
    whole = {"entries": told.entries, "answers": told.answers, "looks": told.looks, "unseen": told.unseen}
    print(json.dumps(whole | {"refused": told.refused, "seconds": told.seconds, "took": time.monotonic() - began}))


if __name__ == "__main__":
    main(sys.argv[1])
