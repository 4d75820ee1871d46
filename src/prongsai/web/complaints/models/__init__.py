"""Who holds keys, what is sealed for them, and what is told of it in clear."""

from prongsai.web.complaints.models.appeals import AppealRound
from prongsai.web.complaints.models.holders import (
    Channel,
    Escrow,
    Holder,
    HolderDuty,
    HolderState,
    Recovery,
    RecoveryState,
)
from prongsai.web.complaints.models.reports import Category, Message, Report, SealedFile, State, Way
from prongsai.web.complaints.models.told import Guideline, Tally

__all__ = [
    "AppealRound",
    "Category",
    "Channel",
    "Escrow",
    "Guideline",
    "Holder",
    "HolderDuty",
    "HolderState",
    "Message",
    "Recovery",
    "RecoveryState",
    "Report",
    "SealedFile",
    "State",
    "Tally",
    "Way",
]
