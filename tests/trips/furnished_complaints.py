"""What the furnished demonstration adds to its sealed channel: a key to be vouched for, one to be made, one that is lost.

The cases themselves are the demonstration's own. Everything here is seen by who holds a key: ``legal+key`` is the legal
officer, unlocked; whoever has no key or has not unlocked it has no ``+key``.
"""

from __future__ import annotations

from typing import Any

LEGAL, AUDITOR, SUPPLY, KEEPER = "legal+key", "auditor+key", "supply+key", "clerk+key"
NEW = "ชามใบใหญ่ กระดานไม้ หน้าต่างสีฟ้า ลมเย็น"
# Of a channel that is not open yet; the answer to a form; it leads to a site of somebody else.
UNASKED = {"complaints_open", "report_confirm", "report_leave"}
# Routes below a case, and of which one: a category says it.
OF_CASES = {
    "complaint": "procurement",
    "complaint_reply": "procurement",
    "complaint_note": "procurement",
    "complaint_identity": "procurement",
    "complaint_readers": "procurement",
    "complaint_conflict": "procurement",
    "complaint_file": "procurement",
    "complaint_log": "procurement",
    "complaint_move": "procurement",
    "complaint_second": "property",
    "complaint_committee": "procurement",
    "complaint_extend": "procurement",
    "complaint_discipline": "budget",
    "complaint_watch": "procurement",
    "complaint_keep": "personnel",
    "complaint_export": "procurement",
    "complaint_move_out": "bribe",
}
OF_LEGAL = (
    "complaints",
    "complaints_lock",
    "complaints_moved",
    "complaint_move_in",
    "complaint_paper",
    "complaint_vouch",
)
OF_LEGAL += ("complaint_holders", "complaint_holder_add", "complaint_holder_leave", "complaint_settings")
OF_LEGAL += ("complaint_tally_sign", "complaint_guideline_edit", "complaints_key_change")
OF_NOBODY = ("report_start", "report_public", "report_staff", "report_follow", "report_guideline")
# Looked at besides: cases in other states, and pages that look otherwise for others.
CASES = {"screening": "property", "discipline": "budget", "closed": "personnel", "appeal": "evaluation", "new": "bribe"}
PAGES = {
    "complaints supervisor": ("complaints", "supervisor+key"),
    "complaints_start holder": ("complaints_start", "legal"),
    "complaints_start outside": ("complaints_start", "keeper"),
    "home holder": ("home", "legal"),
    "home keeper": ("home", "keeper"),
    "complaint_holders keeper": ("complaint_holders", KEEPER),
    "complaints_key made": ("complaints_key", "legal"),
    "recovery_add own": ("recovery_add", "supervisor"),
}


def furnish_complaints(scopes: dict[str, Any]) -> dict[str, Any]:
    """Do a bit of work with keys; the words of addresses, pages that are looked at twice, who asks, what is typed."""
    from prongsai.web.complaints.models import AppealRound, Guideline, Tally  # reason: needs Django
    from prongsai.web.complaints.queries import moved  # reason: as above
    from prongsai.web.operations import demo  # reason: as above

    made = demo.keys()
    held = {one.who: one for one in made.keys}
    keys = {who: _key(scopes[one.username], one.passphrase) for who, one in held.items()}
    agency = scopes["legal"].agency
    tallies = list(Tally.objects.filter(agency=agency).order_by("fiscal_year_be"))
    of_holders = _holders(scopes, keys)
    cases, words = _cases(scopes["legal"], keys["legal"])
    words |= of_holders | {
        "complaint_move_in": {"entry": moved.waiting(scopes["legal"])[0].pk},
        "complaint_tally": {"pk": tallies[0].pk},
        "disclosure:tally_publish": {"pk": tallies[0].pk},
        "disclosure:guideline_publish": {"pk": Guideline.objects.get(agency=agency).pk},
        **dict.fromkeys(("appeal_round_edit", "appeal"), {"pk": AppealRound.objects.get(agency=agency).pk}),
    }
    extras = {f"complaint {name}": ("complaint", {"number": cases[kind]}) for name, kind in CASES.items()}
    extras |= {name: (route, {}) for name, (route, _who) in PAGES.items()}
    extras |= {"complaint_tally some": ("complaint_tally", {"pk": tallies[1].pk})}
    extras |= {"report_follow followed": ("report_follow", {}), "report_public received": ("report_public", {})}
    return {"otherwise": words, "extras": extras, "by": _by(), "typed": _typed(made.receipts[1])}


def _key(scope: Any, passphrase: str) -> Any:
    from prongsai.web.complaints.keys import Key  # reason: needs Django
    from prongsai.web.complaints.queries import rolls  # reason: as above
    from prongsai.web.complaints.services import unlocking  # reason: as above

    holder = rolls.mine(scope.agency, scope.user)
    return Key(holder, unlocking.unlock(scope, holder=holder, passphrase=passphrase))


def _holders(scopes: dict[str, Any], keys: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Let one be named, one have made a key that nobody vouched for, and one have lost theirs."""
    from prongsai.web.complaints.services import holders, recoveries, unlocking  # reason: needs Django

    legal, key = scopes["legal"], keys["legal"]
    holders.name_holder(legal, user=scopes["officer"].user, duty="fallback", key=key)
    new = holders.name_holder(legal, user=scopes["analyst"].user, duty="handler", key=key)
    unlocking.make_key(scopes["analyst"], holder=new, passphrase=NEW)
    lost = recoveries.ask_own(scopes["supply"], lost=keys["supply"].holder, passphrase=NEW, reason="จำรหัสลับไม่ได้")
    of_recovery = dict.fromkeys(("recovery", "recovery_consent", "recovery_drop"), {"pk": lost.pk})
    return {
        "complaint_vouch": {"pk": new.pk},
        "complaint_holder_leave": {"pk": keys["auditor"].holder.pk},
    } | of_recovery


def _cases(scope: Any, key: Any) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """Give the numbers of the cases by category, and the words of the routes below them."""
    from prongsai.web.complaints.queries.cases import cases_of, keys_of, read_case  # reason: needs Django

    reports = {one.report.category: one.report for one in cases_of(key) if one.report.way != "moved"}
    numbers = {category: report.number for category, report in reports.items()}
    case = read_case(reports["procurement"], keys_of(key, reports["procurement"]))
    words: dict[str, dict[str, Any]] = {route: {"number": numbers[kind]} for route, kind in OF_CASES.items()}
    words["complaint_file"]["name"] = case.files[0].name
    words["complaint_move"]["move"] = "refer"
    return numbers, words


def _by() -> dict[str, str]:
    """Give who asks for a page, by its name."""
    return {
        **dict.fromkeys((*OF_CASES, *OF_LEGAL, *(f"complaint {name}" for name in CASES)), LEGAL),
        **{name: who for name, (_route, who) in PAGES.items()},
        **dict.fromkeys((*OF_NOBODY, "report_file", "report_follow followed", "report_public received"), ""),
        **dict.fromkeys(("recovery", "recovery_add", "recovery_consent", "recovery_drop"), KEEPER),
        "complaint_second": AUDITOR,
        "complaints_unlock": "legal",
        "complaints_key": "officer",
        "appeal": "officer",
        "appeal_rounds": "personnel",
    }


def _typed(receipt: str) -> dict[str, dict[str, str]]:
    """Give what is typed into a page before it is looked at: by the names of fields, "on" for what is ticked."""
    from tests.web.complaints.reporter import early  # reason: needs Django

    told = {
        "mode": "anonymous",
        "category": "bribe",
        "what": "ขอเงินค่าดำเนินการโดยไม่ออกใบเสร็จ",
        "when": "ต้นเดือน",
        "where": "ตลาด",
    }
    return {
        "report_follow followed": {"words": receipt},
        "report_public received": told | {"accused_1_position": "นายช่าง", "consent": "on", "opened": early()},
    }
