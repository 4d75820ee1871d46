"""Get questionnaires that are shipped, and the scales that are ready to be chosen."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from prongsai.errors import ProngsaiError
from prongsai.questionnaires.model import Questionnaire, Scale, Words, questionnaire_from

_SCALES = "scales"
_FOLDER = files("prongsai.questionnaires") / "library"


class UnknownQuestionnaire(ProngsaiError):
    """No questionnaire of that id is shipped; the nearest are named."""


@dataclass(frozen=True, slots=True)
class ReadyScale:
    """A scale ready to be chosen, with the name that it is chosen by."""

    name: Words
    scale: Scale


@cache
def library() -> Mapping[str, Questionnaire]:
    """Give every questionnaire that is shipped by its id, in the order of the kinds."""
    found = {id: _questionnaire(id) for id in _ids()}
    return MappingProxyType(dict(sorted(found.items(), key=lambda each: (not each[1].kind.is_practice, each[0]))))


def load(id: str) -> Questionnaire:
    """Give the questionnaire of an id, such as ``practice-iit``. Raises UnknownQuestionnaire naming the nearest."""
    if id in library():
        return library()[id]
    near = ", ".join(difflib.get_close_matches(id, library(), n=3, cutoff=0.5) or library())
    raise UnknownQuestionnaire(
        f"there is no questionnaire {id!r}; near are {near}",
        message_th=f"ไม่มีแบบสอบถาม {id} ในคลัง",
        mend_th=f"ที่ใกล้เคียงคือ {near}",
    )


@cache
def ready_scales() -> Mapping[str, ReadyScale]:
    """Give the scales that are ready to be chosen, by their key."""
    written = (dict(each) for each in _read(_SCALES))
    named = [ReadyScale(Words.model_validate(each.pop("name")), Scale.model_validate(each)) for each in written]
    return MappingProxyType({one.scale.key: one for one in named})


def _ids() -> list[str]:
    names = sorted(each.name for each in _FOLDER.iterdir() if each.name.endswith(".yaml"))
    return [name.removesuffix(".yaml") for name in names if name != f"{_SCALES}.yaml"]


def _questionnaire(id: str) -> Questionnaire:
    written = _read(id)
    return questionnaire_from({**written, "scales": [ready_scales()[key].scale for key in written["scales"]]})


def _read(name: str) -> Any:
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
