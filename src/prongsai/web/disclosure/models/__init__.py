"""What an office has shown to everybody, where, since when, and what proves it."""

from prongsai.web.disclosure.models.erasing import (
    Erasure,
    Portrait,
)
from prongsai.web.disclosure.models.pages import (
    ADDRESS_MAX,
    LAWS,
    PATH,
    PATH_MAX,
    LawState,
    Licence,
    Page,
    PageKind,
    PageState,
    PastPath,
    Site,
)
from prongsai.web.disclosure.models.postings import (
    Channel,
    Posting,
)
from prongsai.web.disclosure.models.releases import (
    FileRole,
    GateCheck,
    GateOutcome,
    Release,
    ReleaseFile,
    ReleaseState,
)
from prongsai.web.disclosure.models.submitting import (
    Inspection,
    Objection,
    SiteProposal,
    Submission,
    SubmissionState,
)
from prongsai.web.disclosure.models.watching import (
    Check,
    Occasion,
    ProofEntry,
    Reach,
    Watch,
    Watched,
)

__all__ = [
    "ADDRESS_MAX",
    "Channel",
    "Check",
    "Erasure",
    "FileRole",
    "GateCheck",
    "GateOutcome",
    "Inspection",
    "LAWS",
    "LawState",
    "Licence",
    "Objection",
    "Occasion",
    "PATH",
    "PATH_MAX",
    "Page",
    "PageKind",
    "PageState",
    "PastPath",
    "Portrait",
    "Posting",
    "ProofEntry",
    "Reach",
    "Release",
    "ReleaseFile",
    "ReleaseState",
    "Site",
    "SiteProposal",
    "Submission",
    "SubmissionState",
    "Watch",
    "Watched",
]
