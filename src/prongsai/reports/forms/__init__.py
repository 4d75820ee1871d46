"""The papers that are forms: each declared once, composed from records and recognised by the same declaration.

Every kind is a module with NAME, TITLE_TH, PAPER, ``compose``, ``recognise``, ``sample`` and ``records_from_json``.
"""

KINDS = {
    "committee-order": "committee_order",
    "minutes": "minutes",
    "circulation-list": "circulation_list",
    "opinion-form": "opinion_form",
    "zero-report": "zero_report",
    "no-gift-th": "no_gift_th",
    "no-gift-en": "no_gift_en",
    "risk-assessment": "risk_assessment",
    "complaint-statistics": "complaint_statistics",
    "procurement-summary": "procurement_summary",
    "satisfaction-report": "satisfaction_report",
    "loan-form": "loan_form",
}
"""Name of each kind → its module in this package; nothing is imported before it is used."""
