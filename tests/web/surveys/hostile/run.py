"""A survey from its first answer to its counting, with the attacker beside it, and what came of that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.operations import figures
from prongsai.web.surveys.models import Answer, Aside, Box, Code
from prongsai.web.surveys.services import counting, running
from prongsai.web.surveys.tokens import digest
from tests.conftest import PROVE
from tests.web import office
from tests.web.surveys import asked
from tests.web.surveys.hostile import ways
from tests.web.surveys.hostile.attacker import Attacker, listening, own_server_log
from tests.web.surveys.hostile.guessing import Guess, Thing, guesses, in_one_pool

BATCHES = 10
STEPS = 1 if PROVE else 10  # answers from one look at every table to the next
LOOKS = 100  # answers from one backup and copy of the database file to the next


class Run:
    """before: every byte that was seen before the counting; changed: the tables that each answer changed."""

    def __init__(
        self, agency: Agency, folder: Path, way: str, each: int, mark: str, answer: ways.Answering = ways.by_page
    ) -> None:
        scope = office.scope(agency, Role.COORDINATOR)
        self.survey = asked.survey(agency, [f"กลุ่ม {n}" for n in range(BATCHES)])
        self.attacker = Attacker(folder)
        self.changed: list[set[str]] = []
        self._boxes: set[str] = set()
        everybody = ways.people(list(self.survey.groups.all()), each, mark)
        self._truth = {_plain(one.sheet.rated): one for one in everybody}
        assert len(self._truth) == len(everybody)
        ways.deal(way, scope, self.survey, everybody)
        with listening(self.attacker):
            self.persons = self._answer(ways.in_order(way, everybody), answer)
            self._order_persons(everybody)
            self.before = self.attacker.everything() + own_server_log()
            running.close_survey(scope, survey=self.survey)
            if answer is not ways.naive:
                counting.count(scope, survey=self.survey)
            self.attacker.take_wal()
        self.attacker.settle()
        self.attacker.take_file(), self.attacker.take_backup()
        self.answers, self.asides = self._answers(), self._asides()
        self.attacker.close()

    def guesses(self) -> list[Guess]:
        """Give every strategy: who gave which answer, who wrote which words, which words belong to which answer."""
        everybody, found = in_one_pool(self.persons), list(guesses(self.persons, self.answers, "who answered"))
        found += guesses(everybody, self.asides, "who wrote")
        return [*found, *guesses(in_one_pool(self.answers), self.asides, "words of an answer")]

    # --- while answers come in --------------------------------------------------------------------------------------
    def _answer(self, coming: list[ways.Person], answer: ways.Answering) -> list[Thing]:
        look, persons = self.attacker, []
        look.take_file(), look.take_backup()
        folder, seen, counted = look.folder_now(), look.seen(), figures.ours.all()
        for step, one in enumerate(coming):
            answer(self.survey, one)
            look.take_wal()
            if step % STEPS == STEPS - 1:
                now = look.seen()
                self.changed.append({name for name in now if now[name] != seen[name]})
                seen = now
            persons.append(Thing(one.number, one.group.pk, {"arrival": step, **self._new_box()}))
            if step % LOOKS == LOOKS - 1:
                look.take_file(), look.take_backup()
        assert look.folder_now() == folder
        assert figures.ours.all() == counted  # what /metrics/ counts
        return persons

    def _new_box(self) -> dict[str, Any]:
        new = self.attacker.keys_of(Box) - self._boxes
        self._boxes |= new
        return {"digest of the form": min(new)} if new else {}

    def _order_persons(self, everybody: list[ways.Person]) -> None:
        """Put persons in every order that their boxes and codes have."""
        look = self.attacker
        look.take_backup(), look.take_file()
        boxes = {one["key"]: _orders("box", look, one, n, one["key"].encode()) for n, one in enumerate(look.rows(Box))}
        for row in look.rows(Box):
            boxes[row["key"]] |= {"length of the box": len(row["sealed"]), "bytes of the box": bytes(row["sealed"])}
        codes = {one["digest"]: _orders("code", look, one, n, one["digest"].encode()) | {"digest of the code": one["digest"]}
                 for n, one in enumerate(look.rows(Code))}  # fmt: skip
        held = {one.number: digest(self.survey.pk, one.code) for one in everybody if one.code}
        for person in self.persons:
            person.orders |= boxes.get(person.orders.get("digest of the form", ""), {})
            person.orders |= codes.get(held.get(person.who, ""), {})

    # --- after the counting -----------------------------------------------------------------------------------------
    def _answers(self) -> list[Thing]:
        look, found = self.attacker, []
        for place, row in enumerate(look.rows(Answer)):
            one = self._truth[_plain(row["values"])]
            orders = _orders("answer", look, row, place, _id_bytes(row["id"])) | {"id": str(row["id"])}
            words = json.dumps(one.sheet.rated).encode()
            orders |= {"values": _plain(row["values"]), "place in the program's log": look.log.find(words)}
            found.append(Thing(one.number, row["group_id"], orders))
        return found

    def _asides(self) -> list[Thing]:
        look, found = self.attacker, []
        by_words = {one.sheet.texts["said"]: one for one in self._truth.values()}
        for place, row in enumerate(one for one in look.rows(Aside) if one["is_text"]):
            words = row["value"] if row["value"] in by_words else json.loads(row["value"])
            orders = _orders("words", look, row, place, _id_bytes(row["id"])) | {"id": str(row["id"])}
            found.append(Thing(by_words[words].number, 0, orders | {"length": len(words)}))
        return found


def _orders(what: str, look: Attacker, row: dict[str, Any], place: int, mark: bytes) -> dict[str, Any]:
    """Give every order that a row has by itself: where it lies, by whose transaction, and where in files."""
    backup = look.last_backup
    return {
        f"{what}: as the database gives it": place,
        f"{what}: place in its table": _place(row["place"]),
        f"{what}: transaction": (int(row["xmin"]), int(row["xmax"])),
        f"{what}: place in the write-ahead log": look.wal.find(mark),
        f"{what}: last place in the write-ahead log": look.wal.rfind(mark),
        f"{what}: place in the file": look.files[-1].find(mark),
        f"{what}: place in the backup": backup.find(mark),
    }


def _place(place: Any) -> Any:
    return tuple(int(one) for one in place.strip("()").split(",")) if isinstance(place, str) else place


def _id_bytes(given: Any) -> bytes:
    return given.encode() if isinstance(given, str) else bytes(given.bytes)


def _plain(values: Any) -> str:
    return json.dumps(dict(json.loads(values) if isinstance(values, str) else values), sort_keys=True)
