"""What an office publishes of its procurement, in the shape of the Open Contracting Data Standard 1.1.

One release for each contracting process as it stands: what was planned, announced, awarded, signed and done. Rows are
of one process when one points at the other, or both carry the same project number of the state's system. Only values
that everybody may read may be given. What the standard's lists have no certain word for stays in Thai beside them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from prongsai.registers.model import Ref
from prongsai.registers.ocds_rows import (
    BANGKOK,
    CAPITAL,
    CONTRACTS,
    NOTICES,
    PLAN,
    PURCHASES,
    REGISTERS,
    Done,
    Office,
    Part,
    Row,
    day_in,
    filled,
    first,
    moment_of,
    processes,
    text_in,
    value_of,
)
from prongsai.thai.text import fold

VERSION = "1.1"
_METHOD = {"e-market": "open", "e-bidding": "open", "quote": "selective", "select": "selective", "specific": "direct"}
_CATEGORY = {"buy": "goods", "build": "works", "hire": "services", "rent": "services"}
_DOCUMENT = {
    "plan": "procurementPlan", "terms": "technicalSpecifications", "invitation": "tenderNotice",
    "winner": "awardNotice", "contract": "contractSigned",
}  # fmt: skip
_STAGES = ("planning", "tender", "awards", "contracts", "implementation")
_TAGS = {"planning": "planning", "tender": "tender", "awards": "award", "contracts": "contract"}


def package(office: Office, rows: Iterable[Row], year: int = 0) -> Part:
    """Give the release package of a fiscal year (BE), 0: of all years; the same rows give the same bytes.

    A process is of the year of the row that names it.
    """
    shown = [one for one in processes(rows) if not year or one[0].year == year]
    told = max((row.told_at for one in shown for row in one), default=datetime.fromtimestamp(0, UTC))
    publisher = {"name": office.name, **({"uri": office.website} if office.website else {})}
    return {
        "uri": office.uri,
        "version": VERSION,
        "publishedDate": moment_of(told),
        "publisher": publisher,
        "releases": [_release(office, one) for one in shown],
    }


def text_of(told: Part) -> str:
    """Write a package."""
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


# --- a release ------------------------------------------------------------------------------------------------------
def _release(office: Office, rows: Sequence[Row]) -> Part:
    people = _Parties(office)
    ocid = f"{office.prefix}-{rows[0].key}"
    told: Part = {
        "planning": _planning(rows),
        "tender": _tender(rows, people),
        "awards": list(_awards(rows, people)),
        "contracts": list(_contracts(rows, people)),
    }
    told = {key: value for key, value in told.items() if value}
    if "tender" in told:
        told["tender"] = {"id": f"{ocid}-tender", **told["tender"], "status": _status(rows, told)}
    tags = [_TAGS[key] for key in _STAGES if key in told]
    if any("implementation" in one for one in told.get("contracts", ())):
        tags.append("implementation")
    release = {
        "ocid": ocid,
        "date": moment_of(max(row.told_at for row in rows)),
        "tag": tags or ["planning"],
        "initiationType": "tender",
        "language": "th",
        "parties": people.listed(),
        "buyer": people.buyer,
        **told,
    }
    seal = hashlib.sha256(json.dumps(release, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return {"ocid": ocid, "id": f"{ocid}-{seal[:12]}", **{key: one for key, one in release.items() if key != "ocid"}}


@dataclass
class _Parties:
    """Who takes part, each once, with the roles it has."""

    office: Office
    found: dict[str, Part] = field(default_factory=dict)

    @property
    def buyer(self) -> Part:
        """The office, as it is pointed at."""
        return {"id": f"agency-{self.office.code}", "name": self.office.name}

    def named(self, name: object, role: str) -> Part | None:
        """Point at somebody by name; a name has one id in every package."""
        said = " ".join(str(name or "").split())
        if not said or said == "-":
            return None
        id_ = f"name-{hashlib.sha256(fold(said).encode()).hexdigest()[:12]}"
        party = self.found.setdefault(id_, {"id": id_, "name": said, "roles": []})
        party["roles"] = sorted({*party["roles"], role})
        return {"id": id_, "name": party["name"]}

    def listed(self) -> list[Part]:
        """Give all of them, the office first."""
        office = {**self.buyer, "identifier": {"id": self.office.code, "legalName": self.office.name}}
        roles = {"roles": ["buyer", "procuringEntity"]}
        return [{**office, **roles}, *(self.found[id_] for id_ in sorted(self.found))]


def _of(rows: Sequence[Row], register: str) -> list[Row]:
    return [row for row in rows if row.register == register]


def _plan_of(rows: Sequence[Row]) -> Row | None:
    """Give the row of the plan that holds: the newest that nothing took the place of."""
    held = [row for row in _of(rows, PLAN) if row.state != "superseded"] or _of(rows, PLAN)
    return held[-1] if held else None


def _planning(rows: Sequence[Row]) -> Part:
    plan, capital = _plan_of(rows), _of(rows, CAPITAL)
    source = capital[0] if capital else None
    amount = first(
        (plan, "estimated_thb"), (source, "budget_thb"), *((row, "budget_thb") for row in _of(rows, PURCHASES))
    )
    line = plan.values.get("budget_line") if plan else None
    told = {
        "description": line.text if isinstance(line, Ref) else (source.labels.get("source", "") if source else ""),
        "amount": value_of(amount),
        "project": text_in(plan, "project") or text_in(source, "item"),
    }
    budget = {key: value for key, value in told.items() if value}
    rationale = " / ".join(
        dict.fromkeys(text_in(row, "reason") for row in _of(rows, NOTICES) if text_in(row, "reason"))
    )
    documents = [_document(row) for row in _of(rows, NOTICES) if row.values.get("kind") == "plan"]
    return filled({"rationale": rationale, "budget": budget, "documents": documents}) if plan or capital else {}


def _tender(rows: Sequence[Row], people: _Parties) -> Part:
    plan, bought = _plan_of(rows), _of(rows, PURCHASES)
    notices = [row for row in _of(rows, NOTICES) if row.values.get("kind") != "plan"]
    source = next(iter([*bought, *_of(rows, CAPITAL)]), None)
    head = next((row for row in (*bought, plan, *notices, *_of(rows, CAPITAL), *_of(rows, CONTRACTS)) if row), None)
    method = next((row for row in (*bought, *_of(rows, CAPITAL), plan) if row and row.values.get("method")), None)
    kind = next((row for row in (*bought, plan) if row and row.values.get("kind")), None)
    tenderers = [
        one for row in bought for bidder in _bidders(row) if (one := people.named(bidder.get("name"), "tenderer"))
    ]
    tenderers = list({one["id"]: one for one in tenderers}.values())
    return filled(
        {
            "title": next(
                (text_in(head, key) for key in ("work", "project", "subject", "item") if text_in(head, key)), ""
            ),
            "procuringEntity": people.buyer,
            "value": value_of(first((source, "reference_thb"))),
            "procurementMethod": _METHOD.get(str(method.values["method"]), "") if method else "",
            "procurementMethodDetails": method.labels.get("method", "") if method else "",
            "mainProcurementCategory": _CATEGORY.get(str(kind.values["kind"]), "") if kind else "",
            "tenderPeriod": _period(notices),
            "numberOfTenderers": len(tenderers),
            "tenderers": tenderers,
            "documents": [_document(row) for row in notices],
        }
    )


def _bidders(row: Row) -> Sequence[Mapping[str, object]]:
    found = row.values.get("bidders")
    return found if isinstance(found, tuple | list) else ()


def _period(notices: Sequence[Row]) -> Part:
    """Give how long offers were taken, by the newest invitation."""
    row = next((one for one in reversed(notices) if one.values.get("kind") == "invitation"), None)
    return filled({"startDate": day_in(row, "posted_on"), "endDate": day_in(row, "closes_on")}) if row else {}


def _status(rows: Sequence[Row], told: Part) -> str:
    kinds = {row.values.get("kind") for row in _of(rows, NOTICES)}
    plan = _plan_of(rows)
    is_off = any(row.values.get("status") == "cancelled" for row in _of(rows, CAPITAL))
    if told.get("awards"):
        return "complete"
    if "cancelled" in kinds or is_off or (plan is not None and plan.state == "dropped"):
        return "cancelled"
    return "active" if "invitation" in kinds or (plan is not None and plan.state == "running") else "planned"


def _document(row: Row) -> Part:
    return filled(
        {
            "id": row.key,
            "documentType": _DOCUMENT.get(str(row.values.get("kind")), ""),
            "title": text_in(row, "subject"),
            "description": row.labels.get("kind", ""),
            "url": text_in(row, "place"),
            "datePublished": day_in(row, "posted_on"),
            "language": "th",
        }
    )


# --- awards and contracts -------------------------------------------------------------------------------------------
def _awards(rows: Sequence[Row], people: _Parties) -> Iterator[Part]:
    bought = _of(rows, PURCHASES)
    for row in bought:
        yield _award(row, people, who="winner", amount="agreed_thb", on="contract_on")
    signed = _signed(rows)
    for row in signed.values():
        if _purchase_of(row, bought) is None:
            yield _award(row, people, who="contractor", amount="value_thb", on="signed_on")
    if not bought and not signed:
        for row in _of(rows, CAPITAL):
            if row.values.get("status") in ("signed", "ended"):
                yield _award(row, people, who="vendor", amount="agreed_thb", on="")


def _award(row: Row, people: _Parties, *, who: str, amount: str, on: str) -> Part:
    supplier = people.named(row.values.get(who), "supplier")
    return filled(
        {
            "id": f"award-{row.key}",
            "title": text_in(row, "work") or text_in(row, "item"),
            "description": text_in(row, "reason"),
            "status": "active",
            "date": day_in(row, on),
            "value": value_of(first((row, amount))),
            "suppliers": [supplier] if supplier else [],
        }
    )


def _signed(rows: Sequence[Row]) -> dict[str, Row]:
    """Give the contracts by the key of the row that they were first kept in; the newest row of each."""
    found = _of(rows, CONTRACTS)
    first: dict[int, str] = {}
    newest: dict[str, Row] = {}
    for row in found:  # in the order of their years
        first[row.id] = first.get(row.before or 0, row.key)
        newest[first[row.id]] = row
    return newest


def _purchase_of(row: Row, bought: Sequence[Row]) -> Row | None:
    """Give the purchase that a contract is of: what it points at, or the one with its number."""
    ref = row.values.get("purchase")
    tied = next((one for one in bought if isinstance(ref, Ref) and one.id == ref.id), None)
    number = fold(text_in(row, "contract_no"))
    return tied or next((one for one in bought if number and fold(text_in(one, "contract_no")) == number), None)


def _contracts(rows: Sequence[Row], people: _Parties) -> Iterator[Part]:
    bought = _of(rows, PURCHASES)
    carried = {key: [row for row in _of(rows, CONTRACTS) if _first_key(row, rows) == key] for key in _signed(rows)}
    for key, row in _signed(rows).items():
        purchase = _purchase_of(row, bought)
        yield filled(
            {
                "id": f"contract-{key}",
                "awardID": f"award-{purchase.key if purchase else row.key}",
                "title": text_in(row, "work"),
                "status": "active" if row.state in ("signed", "delivered") else "terminated",
                "period": filled({"startDate": day_in(row, "signed_on"), "endDate": day_in(row, "ends_on")}),
                "value": value_of(first((row, "value_thb"))),
                "dateSigned": day_in(row, "signed_on"),
                "implementation": _implementation(key, carried[key], people),
            }
        )


def _first_key(row: Row, rows: Sequence[Row]) -> str:
    known = {one.id: one for one in _of(rows, CONTRACTS)}
    while row.before in known:
        row = known[row.before]
    return row.key


def _implementation(key: str, rows: Sequence[Row], people: _Parties) -> Part:
    """Give what was paid, as the difference between one report and the next, and that it was delivered."""
    reports = sorted((one for row in rows for one in row.done), key=lambda one: one.ends_on)
    last, paid = rows[-1], Decimal(0)
    payee = people.named(last.values.get("contractor"), "payee")
    transactions = []
    for one in reports:
        now = one.values.get("paid_thb")
        if isinstance(now, Decimal) and now > paid:
            transactions.append(
                filled(
                    {
                        "id": f"{key}-{one.ends_on.isoformat()}",
                        "date": f"{one.ends_on.isoformat()}{BANGKOK}",
                        "value": value_of(now - paid),
                        "payer": people.buyer,
                        "payee": payee or {},
                    }
                )
            )
            paid = now
    met = next((one.values["delivered_on"] for one in reversed(reports) if one.values.get("delivered_on")), None)
    milestone = filled(
        {
            "id": f"{key}-delivery",
            "title": "ส่งมอบและตรวจรับ",
            "type": "delivery",
            "dueDate": day_in(last, "ends_on"),
            "dateMet": f"{met.isoformat()}{BANGKOK}" if isinstance(met, date) else "",
            "status": "met" if met else "scheduled",
        }
    )
    return filled({"transactions": transactions, "milestones": [milestone]}) if reports else {}


__all__ = ["REGISTERS", "VERSION", "Done", "Office", "Part", "Row", "package", "text_of"]
