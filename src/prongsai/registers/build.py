"""Plain data of a well-shaped register file to the model, with what a file may leave out filled in."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from prongsai.frameworks.plain import number_text
from prongsai.registers.flows import DEFAULT_STATES, usual_moves
from prongsai.registers.model import (
    Choice,
    Clock,
    Condition,
    Derivation,
    Due,
    Feed,
    Field,
    FieldType,
    Flow,
    Formula,
    Level,
    Move,
    NoOverlap,
    Openness,
    Outside,
    Print,
    Progress,
    Public,
    Register,
    Rhythm,
    Rule,
    RuleKind,
    State,
    Statistic,
    View,
    YearCheck,
    YearCheckKind,
)

Data = Mapping[str, Any]

TITLED = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ENTRY, FieldType.PERSON, FieldType.UNIT})


def build(data: Data, *, file: str = "", sha256: str = "") -> Register:
    """Give the register of a file whose shape has been checked."""
    flow = Flow(data["flow"])
    states = _states(data, flow)
    fields = tuple(_field(key, each) for key, each in data["fields"].items())
    return Register(
        id=data["id"],
        name_th=data["name_th"],
        name_en=data.get("name_en", ""),
        group=data.get("group", "office"),
        systems=_texts(data, "systems"),
        flow=flow,
        title=data.get("title") or usual_title(fields),
        fields=fields,
        states=states,
        moves=_moves(data, flow, states),
        since_be=data.get("since", 0),
        help_th=data.get("help_th", ""),
        example_th=data.get("example_th", ""),
        standing=data.get("standing", False),
        dated_by=data.get("dated_by", ""),
        unit_by=data.get("unit_by", ""),
        owners=_texts(data, "owners"),
        everyone=data.get("everyone", False),
        readers=_texts(data, "readers"),
        own_readers=_texts(data, "own_readers"),
        own=data.get("own", ""),
        kept_from=_texts(data, "kept_from"),
        deciders=_texts(data, "deciders"),
        feeds=tuple(_feed(each) for each in data.get("feeds", ())),
        rules=tuple(_rule(each) for each in data.get("rules", ())),
        year_checks=tuple(_year_check(each) for each in data.get("year_checks", ())),
        unique=_texts(data, "unique"),
        no_overlap=_no_overlap(data["no_overlap"]) if "no_overlap" in data else None,
        matrix=tuple(_level(key, each) for key, each in data.get("matrix", {}).items()),
        due=_due(data["due"]) if "due" in data else None,
        clock=_clock(data["clock"]) if "clock" in data else None,
        progress=_progress(data["progress"]) if "progress" in data else None,
        statistics=tuple(_statistic(key, each) for key, each in data.get("statistics", {}).items()),
        views=tuple(_view(key, each) for key, each in data.get("views", {}).items()),
        filters=_texts(data, "filters"),
        columns=_texts(data, "columns"),
        public=_public(data["public"]) if "public" in data else None,
        outside=_outside(data["outside"]) if "outside" in data else None,
        print_=_print(data.get("print", {})),
        carries=_texts(data, "carries"),
        file=file,
        sha256=sha256,
        unverified_th=_texts(data, "unverified_th"),
    )


def usual_title(fields: tuple[Field, ...]) -> str:
    """Name an entry of a register that does not say how: by its first field that can be read as a name."""
    first = next((one for one in fields if one.type in TITLED), fields[0])
    return f"{{{first.key}}}"


def _texts(data: Data, key: str) -> tuple[str, ...]:
    return tuple(data.get(key, ()))


def _text(value: object) -> str:
    """A text that may have been written as a number: an example of 12 or 12.50."""
    return number_text(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else str(value)


def _maybe(data: Data, key: str) -> Decimal | None:
    return Decimal(data[key]) if data.get(key) is not None else None


def _condition(data: Data, key: str) -> Condition | None:
    if key not in data:
        return None
    found: Data = data[key]
    return Condition(
        field=found["field"],
        is_=_compared(found.get("is")),
        not_=_compared(found.get("not")),
        any_of=tuple(_text(each) for each in found.get("any_of", ())),
        has=found.get("has"),
        more_than=_maybe(found, "more_than"),
        less_than=_maybe(found, "less_than"),
        more_than_field=found.get("more_than_field", ""),
        filled=found.get("filled"),
    )


def _compared(value: object) -> str | bool | None:
    return value if value is None or isinstance(value, bool) else _text(value)


def _choice(key: str, data: str | Data) -> Choice:
    return Choice(key, data) if isinstance(data, str) else Choice(key, data["label_th"], data.get("label_en", ""))


def _field(key: str, data: Data, openness: Openness = Openness.OFFICE) -> Field:
    type_ = FieldType(data["type"])
    openness = Openness(data.get("open", openness))
    return Field(
        key=key,
        type=type_,
        label_th=data["label_th"],
        label_en=data.get("label_en", ""),
        heads=_texts(data, "heads"),
        help_th=data.get("help_th", ""),
        example=_text(data.get("example", "")),
        required=data.get("required", False),
        required_if=_condition(data, "required_if"),
        shown_if=_condition(data, "shown_if"),
        at=data.get("at", ""),
        openness=openness,
        outside=data.get("outside", False),
        choices=tuple(_choice(each, label) for each, label in data.get("choices", {}).items()),
        unit_th=data.get("unit_th", ""),
        decimals=data.get("decimals", 2 if type_ is FieldType.MONEY else 0),
        low=_maybe(data, "low"),
        high=_maybe(data, "high"),
        max_length=data.get("max_length", 0),
        pattern=data.get("pattern", ""),
        of=data.get("of", "") if type_ is FieldType.ENTRY else "",
        columns=tuple(_field(each, column, openness) for each, column in data.get("columns", {}).items()),
        derivation=_derivation(data) if type_ is FieldType.DERIVED else None,
        accepts=_texts(data, "accepts"),
        max_mb=data.get("max_mb", 0),
    )


def _derivation(data: Data) -> Derivation:
    of = data.get("of", ())
    return Derivation(
        formula=Formula(data["formula"]),
        of=(of,) if isinstance(of, str) else tuple(of),
        register=data.get("register", ""),
        by=data.get("by", ""),
        where=_condition(data, "where"),
    )


def _states(data: Data, flow: Flow) -> tuple[State, ...]:
    if "states" not in data:
        return DEFAULT_STATES[flow]
    return tuple(
        State(
            key=key,
            label_th=each["label_th"],
            label_en=each.get("label_en", ""),
            is_final=each.get("final", False),
            is_counted=each.get("counted", True),
            is_public=each.get("public", "readers" not in each),
            readers=_texts(each, "readers"),
        )
        for key, each in data["states"].items()
    )


def _moves(data: Data, flow: Flow, states: tuple[State, ...]) -> tuple[Move, ...]:
    if "moves" not in data:
        return usual_moves(flow, tuple(each.key for each in states))
    return tuple(_move(key, each) for key, each in data["moves"].items())


def _move(key: str, data: Data) -> Move:
    return Move(
        key=key,
        label_th=data["label_th"],
        sources=_texts(data, "from"),
        to=data["to"],
        label_en=data.get("label_en", ""),
        by=data.get("by", "keeper"),
        not_own=data.get("not_own", False),
        note_required=data.get("note", False),
    )


def _feed(data: Data) -> Feed:
    when, where = data.get("when", "period"), _condition(data, "where")
    return Feed(data["item"], _texts(data, "elements"), when, where, data.get("year", 0))


def _rule(data: Data) -> Rule:
    return Rule(
        kind=RuleKind(data["kind"]),
        field=data["field"],
        other=data.get("other", ""),
        value=_maybe(data, "value"),
        days=data.get("days", 0),
        when=_condition(data, "when"),
        message_th=data.get("message_th", ""),
        is_warning=data.get("warning", False),
    )


def _year_check(data: Data) -> YearCheck:
    return YearCheck(
        kind=YearCheckKind(data["kind"]),
        field=data.get("field", ""),
        other=data.get("other", ""),
        register=data.get("register", ""),
        value=_maybe(data, "value"),
        where=_condition(data, "where"),
        message_th=data.get("message_th", ""),
        is_blocking=data.get("blocking", False),
    )


def _no_overlap(data: Data) -> NoOverlap:
    return NoOverlap(data["field"], data["period"], _texts(data, "states"))


def _level(key: str, data: Data) -> Level:
    return Level(key, data["label_th"], data["low"], data["high"], data.get("colour", ""))


def _due(data: Data) -> Due:
    return Due(Rhythm(data["rhythm"]), data.get("days", 10), data.get("duty", ""), data.get("none", True))


def _clock(data: Data) -> Clock:
    return Clock(data["days"], data.get("start", ""), data.get("stop", ""), data.get("working", False))


def _progress(data: Data) -> Progress:
    return Progress(
        rhythm=Rhythm(data["rhythm"]),
        fields=tuple(_field(key, each) for key, each in data["fields"].items()),
        rules=tuple(_rule(each) for each in data.get("rules", ())),
    )


def _statistic(key: str, data: Data) -> Statistic:
    return Statistic(
        key=key,
        title_th=data["title_th"],
        measure=data.get("measure", "count"),
        field=data.get("field", ""),
        by=_texts(data, "by"),
        where=_condition(data, "where"),
        chart=data.get("chart", "bar"),
        title_en=data.get("title_en", ""),
    )


def _view(key: str, data: Data) -> View:
    where = _condition(data, "where")
    assert where is not None
    return View(
        key, data["title_th"], where, data.get("title_en", ""), _texts(data, "columns"), _texts(data, "readers")
    )


def _public(data: Data) -> Public:
    return Public(_texts(data, "columns"), _texts(data, "states"), data.get("min_cell", 0), data.get("title_th", ""))


def _outside(data: Data) -> Outside:
    return Outside(
        title_th=data["title_th"],
        intro_th=data.get("intro_th", ""),
        answer=data.get("answer", ""),
        publish=data.get("publish", ""),
        sign_in=data.get("sign_in", False),
        thanks_th=data.get("thanks_th", ""),
    )


def _print(data: Data) -> Print:
    return Print(
        title_th=data.get("title_th", ""),
        kind=data.get("kind", ""),
        columns=_texts(data, "columns"),
        landscape=data.get("landscape", True),
        signed=data.get("signed", True),
    )
