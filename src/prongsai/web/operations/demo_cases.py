"""Cases of the demonstration as their file tells them: reported on a day in the past, and what was done since."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from prongsai.privacy.seal.boxes import seal_value, unseal_value
from prongsai.privacy.seal.keys import pair_of
from prongsai.privacy.seal.receipts import Receipt, new_receipt
from prongsai.thai.fiscal import BE_OFFSET
from prongsai.web.agencies.models import Post
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import (
    Accused,
    CaseKeys,
    FileKey,
    Identity,
    Kind,
    Mode,
    Told,
    plain,
    said_from,
    told_from,
)
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Channel, Message, Report, Way
from prongsai.web.complaints.queries.cases import Case, keys_of, read_case
from prongsai.web.complaints.queries.clocks import due_after
from prongsai.web.complaints.services import cases, committees, discipline, handling, receiving, watching
from prongsai.web.complaints.services.sealing import sealed_file

Keys = dict[str, Key]
Given = Mapping[str, Any]
AT = time(10, 20)
_TOLD = ("category", "what", "where", "when", "how", "evidence", "witnesses", "elsewhere")


class Teller:
    """Tells cases and what was done in them. scopes, keys: by who it is; pictures: where attached files come from."""

    def __init__(self, scopes: Mapping[str, Scope], keys: Keys, pictures: Path) -> None:
        self.scopes, self.keys, self._pictures = scopes, keys, pictures
        legal = scopes[Role.LEGAL]
        self.agency, self.today = legal.agency, legal.today
        self._dated = 0  # pk of the last message that has its day

    def tell(self, one: Given) -> Receipt:
        """Report a case as its file tells it, and do what was done since."""
        told = Told(
            Mode(one["mode"]),
            **{name: one[name] for name in _TOLD if name in one},
            accused=tuple(Accused(**each) for each in one["accused"]),
            files=self._files(one),
        )
        identity = Identity(**one["identity"]) if "identity" in one else None
        receipt = new_receipt()
        report = receiving.submit(self.agency, way=Way.PUBLIC, told=told, receipt=receipt, identity=identity)
        self.came(report, one["ago"])
        for act in one.get("acts", ()):
            self._do(report.pk, receipt, act)
        self._due(report.pk)
        return receipt

    def came(self, report: Report, ago: int) -> None:
        """Let a case that was just taken in have come so many days ago."""
        day = self._day(ago)
        keys = self._keys_of(report)
        told = told_from(unseal_value(report.body, [keys.dialogue]))
        body = seal_value(plain(replace(told, day=day.isoformat())), report.dialogue_key)
        Report.objects.filter(pk=report.pk).update(received_on=day, body=body)
        self._set_days(report, day)
        self._due(report.pk)

    # --- what was done ----------------------------------------------------------------------------------------------
    def _do(self, pk: int, receipt: Receipt, act: Given) -> None:
        day, report = self._day(act["ago"]), _report(pk)
        if act["do"] == "say":
            following = receiving.by_receipt(self.agency, receipt)
            assert following is not None
            receiving.say(self.agency, following=following, text=act["text"], files=self._files(act))
        else:
            scope, key = replace(self.scopes[act["by"]], today=day), self.keys[act["by"]]
            keys = keys_of(key, report)
            assert keys is not None
            _ACTS[act["do"]](self, scope, key, read_case(report, keys), act)
        self._set_days(report, day)

    def reply(self, scope: Scope, key: Key, case: Case, act: Given) -> None:
        """Answer whoever reported."""
        cases.reply(scope, key, case, text=act["text"])

    def note(self, scope: Scope, key: Key, case: Case, act: Given) -> None:
        """Write a note for handlers."""
        cases.note(scope, key, case, text=act["text"])

    def move(self, scope: Scope, key: Key, case: Case, act: Given) -> None:
        """Take a step; a letter's day is told by how many days ago it was."""
        given = dict(act.get("given", {}))
        if "letter_date" in given:
            given["letter_date"] = self._day(given["letter_date"])
        handling.move_case(scope, key, case, move=act["move"], given=given, version=case.report.version)

    def committee(self, scope: Scope, key: Key, case: Case, act: Given) -> None:
        """Set the committee, whose members the file names by their posts."""
        posts = Post.objects.filter(agency=self.agency)
        members = [(posts.get(title=title).appointments.get().person_id, role) for title, role in act["members"]]
        committees.set_committee(scope, key, case, members=members, version=case.report.version, **_order(scope, act))

    def extend(self, scope: Scope, key: Key, case: Case, act: Given) -> None:
        """Give the committee more time."""
        more = {"until": self._day(act["until"]), "reason": act["reason"]}
        committees.extend(scope, key, case, version=case.report.version, **_order(scope, act), **more)

    def finding(self, scope: Scope, key: Key, case: Case, act: Given) -> None:
        """Record what the committee reported."""
        found = {"is_found": bool(act["outcomes"]), "outcomes": act["outcomes"], "on": scope.today}
        committees.report_finding(scope, key, case, text=act["text"], version=case.report.version, **found)

    def discipline(self, scope: Scope, key: Key, case: Case, act: Given) -> None:
        """Record a step of somebody's discipline."""
        words = {name: act[name] for name in ("who", "stage", "penalty", "text") if name in act}
        order = _order(scope, act)["order_no"] if "order_no" in act else ""
        discipline.discipline(scope, key, case, on=scope.today, order_no=order, version=case.report.version, **words)

    def watch(self, scope: Scope, key: Key, case: Case, act: Given) -> None:
        """Look after whoever reported; the next look is told by how many days ago it was to be, or is."""
        words = {"text": act["text"], "asked": act.get("asked", ""), "next_on": self._day(act["next"])}
        watching.watch(scope, key, case, version=case.report.version, **words)

    # --- days -------------------------------------------------------------------------------------------------------
    def _day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def _keys_of(self, report: Report) -> CaseKeys:
        return next(found for key in self.keys.values() if (found := keys_of(key, report)))

    def _set_days(self, report: Report, day: date) -> None:
        """Let what was just said in a case have been said on a day."""
        keys = self._keys_of(report)
        at = timezone.make_aware(datetime.combine(day, AT)).isoformat(timespec="seconds")
        for message in Message.objects.filter(report=report, pk__gt=self._dated).order_by("pk"):
            identity = keys.dialogue if message.is_dialogue else keys.case
            said = said_from(unseal_value(message.sealed, [identity]))
            is_dull = said.kind in (Kind.REPORTER, Kind.IDENTITY)  # of those the day alone is kept
            said = replace(said, at=day.isoformat() if is_dull else at)
            message.sealed = seal_value(plain(said), pair_of(identity).recipient)
            message.save(update_fields=["sealed"])
            self._dated = message.pk

    def _due(self, pk: int) -> None:
        """Reckon from the days of a case what is due next."""
        report = _report(pk)
        said = read_case(report, self._keys_of(report)).said
        due_on = due_after(Channel.objects.get(agency=self.agency), report, said)
        Report.objects.filter(pk=pk).update(due_on=due_on)

    def _files(self, one: Given) -> tuple[FileKey, ...]:
        """Seal the pictures that come along; they are drawn, and nobody's camera wrote into them."""
        return tuple(
            sealed_file(self.agency.code, title, (self._pictures / name).read_bytes(), "clean")
            for title, name in one.get("files", ())
        )


_ACTS = {
    name: getattr(Teller, name)
    for name in ("reply", "note", "move", "committee", "extend", "finding", "discipline", "watch")
}


def _report(pk: int) -> Report:
    return Report.objects.select_related("agency").get(pk=pk)


def _order(scope: Scope, act: Given) -> dict[str, Any]:
    year = scope.today.year + BE_OFFSET
    return {"order_no": act["order_no"].format(year=year), "order_date": scope.today}
