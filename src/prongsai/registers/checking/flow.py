"""States and moves: every state can be reached and left, and everybody who must act is there."""

from collections.abc import Iterator

from prongsai.errors import Problem
from prongsai.registers.checking import naming
from prongsai.registers.checking.view import View, entries, texts
from prongsai.registers.known import ROLES


def flow_problems(view: View) -> Iterator[Problem]:
    """Find moves between states that are not there, states nobody comes to or out of, and unknown roles."""
    for key, move in view.moves.items():
        if "moves" in view.data:
            for index, source in enumerate(move.sources):
                yield from naming.unknown(view, "STATE", ("moves", key, "from", index), source, view.states)
            if move.to:
                yield from naming.unknown(view, "STATE", ("moves", key, "to"), move.to, view.states)
    yield from _ways(view)
    for section in ("owners", "readers", "own_readers", "deciders"):
        for index, role in texts(view.data.get(section)):
            yield from naming.unknown(view, "ROLE", (section, index), role, ROLES)
    for key, state in entries(view.data.get("states")):
        for index, role in texts(state.get("readers")):
            yield from naming.unknown(view, "ROLE", ("states", key, "readers", index), role, ROLES)
    for key, part in entries(view.data.get("views")):
        for index, role in texts(part.get("readers")):
            yield from naming.unknown(view, "ROLE", ("views", key, "readers", index), role, ROLES)
    decided = [key for key, move in view.moves.items() if move.by == "decider"]
    if decided and not view.data.get("deciders"):
        place = ("moves", decided[0]) if "moves" in view.data else ("flow",)
        yield view.problem("REGISTER_NO_DECIDER", *place, key=", ".join(decided))


def _ways(view: View) -> Iterator[Problem]:
    if not view.states:
        return
    reached = _reached(view)
    left = {source for move in view.moves.values() for source in move.sources if move.to != source}
    for key, state in view.states.items():
        place = ("states", key) if "states" in view.data else ("moves",)
        if key not in reached:
            yield view.problem("REGISTER_UNREACHABLE_STATE", *place, key=key)
        if not state.is_final and key not in left:
            yield view.problem("REGISTER_DEAD_END", *place, key=key)


def _reached(view: View) -> set[str]:
    reached = {next(iter(view.states))}
    while True:
        further = {move.to for move in view.moves.values() if reached & set(move.sources)} - reached
        if not further:
            return reached
        reached |= further
