"""The states and moves of a register that names none of its own, by its flow."""

from collections.abc import Mapping
from dataclasses import replace

from prongsai.registers.model import Flow, Move, State

_WITHDRAWN = State("withdrawn", "ยกเลิก", "Withdrawn", is_final=True, is_counted=False, is_public=False)

DEFAULT_STATES: Mapping[Flow, tuple[State, ...]] = {
    Flow.RECORD: (State("kept", "บันทึกแล้ว", "Kept", is_final=True), _WITHDRAWN),
    Flow.REQUEST: (
        State("requested", "รอพิจารณา", "Requested"),
        State("incomplete", "ขอข้อมูลเพิ่ม", "More asked"),
        State("approved", "อนุมัติ", "Approved"),
        State("rejected", "ไม่อนุมัติ", "Rejected", is_final=True, is_counted=False),
        State("done", "เสร็จสิ้น", "Done", is_final=True),
        _WITHDRAWN,
    ),
    Flow.PLAN: (
        State("planned", "ตามแผน", "Planned"),
        State("running", "อยู่ระหว่างดำเนินการ", "Running"),
        State("done", "แล้วเสร็จ", "Done", is_final=True),
        State("dropped", "ไม่ได้ดำเนินการ", "Dropped", is_final=True),
        _WITHDRAWN,
    ),
}

DEFAULT_MOVES: Mapping[Flow, tuple[Move, ...]] = {
    Flow.RECORD: (Move("withdraw", "ยกเลิกรายการ", ("kept",), "withdrawn", "Withdraw", note_required=True),),
    Flow.REQUEST: (
        Move("ask_more", "ขอข้อมูลเพิ่ม", ("requested",), "incomplete", "Ask for more", note_required=True),
        Move("resume", "ได้ข้อมูลแล้ว", ("incomplete",), "requested", "Resume"),
        Move("approve", "อนุมัติ", ("requested",), "approved", "Approve", "decider", not_own=True),
        Move("reject", "ไม่อนุมัติ", ("requested",), "rejected", "Reject", "decider", not_own=True, note_required=True),
        Move("finish", "เสร็จสิ้น", ("approved",), "done", "Finish"),
        Move("withdraw", "ยกเลิกคำขอ", ("requested", "incomplete"), "withdrawn", "Withdraw", "any", note_required=True),
    ),
    Flow.PLAN: (
        Move("start", "เริ่มดำเนินการ", ("planned",), "running", "Start"),
        Move("finish", "แล้วเสร็จ", ("planned", "running"), "done", "Finish"),
        Move("drop", "ไม่ได้ดำเนินการ", ("planned", "running"), "dropped", "Drop", note_required=True),
        Move("withdraw", "ยกเลิกรายการ", ("planned", "running"), "withdrawn", "Withdraw", note_required=True),
    ),
}


def usual_moves(flow: Flow, states: tuple[str, ...]) -> tuple[Move, ...]:
    """Give the moves of a flow that a register with these states can use."""
    narrowed = (
        replace(move, sources=tuple(each for each in move.sources if each in states))
        for move in DEFAULT_MOVES[flow]
        if move.to in states
    )
    return tuple(move for move in narrowed if move.sources)
