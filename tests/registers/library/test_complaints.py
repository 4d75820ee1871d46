"""General complaints."""

from prongsai.registers.model import FieldType, Openness
from tests.registers.library.example import codes, shipped


def test_case_of_corruption_leaves_the_list_for_the_legal_officer() -> None:
    register = shipped("complaints-general")
    move = register.move_of("reclassify")
    assert move is not None
    moved = register.state_of(move.to)
    assert moved is not None
    assert (moved.is_public, moved.is_counted, moved.readers) == (False, False, ("legal",))
    assert move.note_required
    assert set(move.sources) == {"received", "assigned", "done"}


def test_merging_names_the_complaint_and_leaves_both_senders() -> None:
    register = shipped("complaints-general")
    assert codes("complaints-general", "merge", same_as=None) == [("same_as", "REQUIRED")]
    merged = register.state_of("merged")
    assert merged is not None
    assert (merged.is_counted, merged.is_final) == (False, True)
    same_as = register.field_of("same_as")
    assert same_as is not None
    assert (same_as.type, same_as.of) == (FieldType.ENTRY, "complaints-general")


def test_sender_is_secret_and_may_be_left_out() -> None:
    register = shipped("complaints-general")
    secret = {one.key for one in register.fields if one.openness is Openness.SECRET}
    assert secret == {"person", "phone", "email"}
    assert codes("complaints-general") == []
    assert register.public is not None
    assert (secret & set(register.public.columns), register.public.min_cell) == (set(), 3)


def test_answer_is_due_in_fifteen_days() -> None:
    clock = shipped("complaints-general").clock
    assert clock is not None
    assert (clock.days, clock.stop) == (15, "answered_on")
    assert codes("complaints-general", "answer", answer=None) == [("answer", "REQUIRED")]
