"""What the papers of personal data print: the notice with its purposes, and the records of a unit's activities."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from prongsai.registers.show_values import show
from prongsai.reports.forms import privacy_notice, processing_records
from prongsai.reports.forms.privacy_notice import RIGHTS, RIGHTS_OF_CONSENT, PrivacyNotice, Purpose
from prongsai.reports.forms.processing_records import Processing, ProcessingRecords
from prongsai.reports.register_values import day, text, whole
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules._meetings import Row, row_of
from prongsai.web.registers.rules._rows import counted_entries
from prongsai.web.registers.rules._signatures import executive, privacy_officer

RECORDS = "processing-records"
_CONSENT = "consent"


# --- the notice -----------------------------------------------------------------------------------------------------
@override("th")
def notice(scope: Scope, entry: Entry) -> dict[str, Any]:
    """Give what a notice prints; its purposes are the activities whose records name it."""
    own = row_of(entry)
    covered = [
        row_of(one) for one in counted_entries(scope, RECORDS).filter(links__field="notice", links__target=entry)
    ]
    by_consent = any(one.values.get("basis") == _CONSENT for one in covered)
    announced = day(own.values, "published_on")
    found: dict[str, Any] = privacy_notice.to_json(
        PrivacyNotice(
            agency=scope.agency.name,
            topic=text(own.values, "topic"),
            edition=whole(own.values, "edition") or 1,
            subjects=_label(own, "subjects"),
            announced_on=announced,
            reviewed_on=day(own.values, "reviewed_on"),
            purposes=tuple(_purpose(one) for one in covered),
            rights=(*RIGHTS, *(RIGHTS_OF_CONSENT if by_consent else ())),
            officer=privacy_officer(scope).name or own.text("reviewer"),
            unit=own.text("unit"),
            contact_address=_address(scope),
            phone=scope.agency.phone,
            email=scope.agency.email,
            signer=executive(scope, announced or scope.today, announced),
        )
    )
    return found


def _purpose(one: Row) -> Purpose:
    values = one.values
    return Purpose(
        purpose=text(values, "purpose"),
        data=_label(one, "data_kinds"),  # what is named in detail is for the office
        basis=_label(one, "basis"),
        retention=text(values, "retention"),
        recipients=text(values, "recipients"),
    )


def _label(one: Row, key: str) -> str:
    field = edition_of(one.entry.register, one.entry.since_be).field_of(key)
    return show(field, one.values.get(key)) if field and one.values.get(key) is not None else ""


def _address(scope: Scope) -> str:
    agency = scope.agency
    if agency.address:
        return " ".join(agency.address.split())
    parts = (f"สำนักงาน{agency.name}", agency.district and f"อำเภอ{agency.district}", f"จังหวัด{agency.province}")
    return " ".join(part for part in parts if part)


# --- the records ----------------------------------------------------------------------------------------------------
@override("th")
def records(scope: Scope, entry: Entry) -> dict[str, Any]:
    """Give what the records of processing print: all of the unit that an entry is of."""
    own = [row_of(one) for one in counted_entries(scope, RECORDS).filter(unit=entry.unit_id)]
    officer = privacy_officer(scope, scope.today)
    reach = " ".join(part for part in (_address(scope), scope.agency.phone, scope.agency.email) if part)
    found: dict[str, Any] = processing_records.to_json(
        ProcessingRecords(
            agency=scope.agency.name,
            officer=officer.name,
            contact=reach,
            reported_on=scope.today,
            activities=tuple(_activity(one) for one in own),
            signer=officer,
        )
    )
    return found


def _activity(one: Row) -> Processing:
    values: Mapping[str, object] = one.values
    return Processing(
        activity=text(values, "activity"),
        unit=text(values, "unit"),
        purpose=text(values, "purpose"),
        subjects=text(values, "subjects"),
        data=text(values, "data_text"),
        sensitive=text(values, "sensitive_basis"),
        basis=_label(one, "basis"),
        law=text(values, "basis_law"),
        source=text(values, "source"),
        retention=text(values, "retention"),
        recipients=text(values, "recipients"),
        abroad=values.get("abroad") is True,
        access=text(values, "access"),
        refusals=text(values, "refusals"),
        safeguards=text(values, "safeguards"),
    )
