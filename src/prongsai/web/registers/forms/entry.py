"""Forms that ask for the fields of a register: of a new entry, of a change, of a move, of a period's progress."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from prongsai.errors import ProngsaiError
from prongsai.registers.derive import derive
from prongsai.registers.model import Fault, Field, FieldType, Move, Ref
from prongsai.registers.rules import faults, progress_faults
from prongsai.registers.values import from_json
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.forms.fields import field_for
from prongsai.web.registers.forms.options import Options
from prongsai.web.registers.forms.rows import MORE, RowsCell
from prongsai.web.registers.forms.words import help_of
from prongsai.web.registers.models import Entry, EntryProgress
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.queries.look import OfficeLook
from prongsai.web.registers.queries.rights import may_see_field
from prongsai.web.registers.queries.showing import printed

VERSION = "seen_version"
MORE_ROWS = "more_rows"
NOTE = "move_note"
TOLD = "move_told"
# What no field of a register may be named in a form.
OURS = frozenset({VERSION, MORE_ROWS, NOTE, TOLD, "csrfmiddlewaretoken"})


class FieldsForm(forms.Form):
    """Fields of a register, each under its key. was: the values that are there; what is not asked keeps its own.

    ``values`` after validation: everything, as services take it, but for uploads, which are in ``uploads``.
    """

    use_required_attribute = False
    options_of: type[Options] = Options

    def __init__(
        self,
        scope: Scope,
        kept: Kept,
        asked: Sequence[Field],
        data: Any = None,
        files: Any = None,
        *,
        was: Mapping[str, Any] | None = None,
        version: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.scope, self.kept, self.was = scope, kept, dict(was or {})
        self.asked = tuple(one for one in asked if may_see_field(scope, kept.register, one) or one.key not in self.was)
        self.warnings: list[str] = []
        options, look = self.options_of(scope), OfficeLook(scope)
        for field in self.asked:
            self.fields[field.key] = self._made(field, options, look)
            self.initial.setdefault(field.key, self.was.get(field.key))
        if version is not None:
            self.fields[VERSION] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=version)
        if self.is_more:
            self._ask_more()

    def _made(self, field: Field, options: Options, look: OfficeLook) -> forms.Field:
        told = {
            "label": self._label(field),
            "help_text": help_of(field, self.asked, self.kept.label),
            "required": field.required,
        }
        if field.type is FieldType.ROWS:
            return RowsCell(field, options, look, **told)
        return field_for(field, options, look, self.was.get(field.key), **told)

    def _label(self, field: Field) -> str:
        unit = field.unit_th or (_("บาท") if field.type is FieldType.MONEY else "")
        label = self.kept.label(field)
        return f"{label} ({unit})" if unit and str(unit) not in label else label

    @property
    def is_more(self) -> bool:
        """Whether the form was only sent for more rows in a grid."""
        return self.is_bound and self.data.get(MORE_ROWS, "") in self.fields

    def _ask_more(self) -> None:
        name = self.data[MORE_ROWS]
        count = str(self.data.get(f"{name}-count", ""))
        widget: Any = self.fields[name].widget
        widget.asked = (int(count[:4]) if count.isdecimal() else 0) + MORE

    def full_clean(self) -> None:
        """Judge nothing while the form is only made larger."""
        if self.is_more:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    @property
    def has_lost_files(self) -> bool:
        """Whether files were chosen that a browser does not choose again by itself."""
        return bool(self.files)

    @property
    def seen_version(self) -> int:
        """The version that the user saw; 0 when the form did not say."""
        return int(self.cleaned_data.get(VERSION) or 0)

    @property
    def values(self) -> dict[str, Any]:
        """Every value that there is, without uploads."""
        given = {one.key: self.cleaned_data.get(one.key) for one in self.asked}
        kept = {key: value for key, value in self.was.items() if key not in given}
        return kept | {key: one for key, one in given.items() if one is not None and not isinstance(one, UploadedFile)}

    @property
    def uploads(self) -> dict[str, UploadedFile]:
        """The files that were chosen, by the key of their field."""
        return {key: one for key, one in self.cleaned_data.items() if isinstance(one, UploadedFile)}

    def clean(self) -> dict[str, Any]:
        """Hold the register's rules against everything together."""
        cleaned = super().clean() or self.cleaned_data
        # A rule about what could not be read would say twice what is wrong.
        self.tell(one for one in self.judge() if one.field not in self.errors)
        return cleaned

    def judge(self) -> Iterable[Fault]:
        """Give what the rules have against the values."""
        return ()

    @property
    def given(self) -> dict[str, Any]:
        """What the form asked for: every field, None where it is empty; without uploads."""
        asked = {one.key: self.cleaned_data.get(one.key) for one in self.asked}
        return {key: one for key, one in asked.items() if not isinstance(one, UploadedFile)}

    def _with_uploads(self) -> dict[str, Any]:
        return self.values | {key: Ref(None, one.name or "") for key, one in self.uploads.items()}

    def tell(self, found: Iterable[Fault]) -> None:
        """Put faults beside their fields, warnings aside."""
        for fault in found:
            if fault.is_warning:
                self.warnings.append(f"{fault.message_th} {fault.mend_th}".strip())
                continue
            field = self.fields.get(fault.field)
            words = field.told(fault) if isinstance(field, RowsCell) else f"{fault.message_th} {fault.mend_th}".strip()
            self.add_error(fault.field if field else None, words)

    def refuse(self, refused: ValidationError | ProngsaiError) -> None:
        """Show what a service refused."""
        if isinstance(refused, ProngsaiError):
            found = getattr(refused, "faults", ())
            self.tell(found) if found else self.add_error(None, refused.one_line)
        elif hasattr(refused, "error_dict"):
            for name, errors in refused.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
        else:
            self.add_error(None, refused)

    @property
    def lines(self) -> list[forms.BoundField]:
        """The fields of the register, in order."""
        return [self[one.key] for one in self.asked]

    @property
    def wrong(self) -> list[tuple[forms.BoundField, str]]:
        """The first fault of each faulty field, for the list on top."""
        return [(self[name], str(errors[0])) for name, errors in self.errors.items() if name in self.fields]

    def beside(self, current: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """Give label, what stands now and what was typed, of every field where they differ."""
        rows = []
        for field in self.asked:
            now, typed = current.get(field.key), self.cleaned_data.get(field.key)
            new = typed.name or "" if isinstance(typed, UploadedFile) else printed(self.kept.register, field, typed)
            pair = (printed(self.kept.register, field, now), new)
            rows += [(self.kept.label(field), *pair)] if pair[0] != pair[1] else []
        return rows

    def renew(self, version: int) -> None:
        """Carry the current version, so that saving again is a decision and no accident."""
        data: Any = self.data
        self.data = data.copy()
        self.data[VERSION] = str(version)  # type: ignore[index]


class EntryForm(FieldsForm):
    """A new entry, or a change of one."""

    def __init__(
        self,
        scope: Scope,
        kept: Kept,
        data: Any = None,
        files: Any = None,
        *,
        entry: Entry | None = None,
        **kwargs: Any,
    ) -> None:
        was = from_json(kept.register.fields, entry.values) if entry else {}
        self.entry = entry
        moves = {"", *(entry.moves.values_list("move", flat=True) if entry else ())}
        asked = [one for one in kept.register.fields if one.at in moves and one.type is not FieldType.DERIVED]
        version = entry.version if entry else None
        super().__init__(scope, kept, asked, data, files, was=was, version=version, **kwargs)

    def judge(self) -> Iterable[Fault]:
        """Hold the rules of a new entry."""
        year = self.entry.fiscal_year_be if self.entry else 0
        return faults(self.kept.register, self._with_uploads(), today=self.scope.today, fiscal_year_be=year)

    @property
    def derived(self) -> list[tuple[str, str]]:
        """What is worked out of the values that there are."""
        values = self.was if not self.is_bound else self.values if hasattr(self, "cleaned_data") else {}
        found = derive(self.kept.register, values) if values else {}
        worked = ((one, found.get(one.key)) for one in self.kept.register.fields if one.type is FieldType.DERIVED)
        register = self.kept.register
        return [(self.kept.label(one), printed(register, one, value)) for one, value in worked if value is not None]


class MoveForm(FieldsForm):
    """A move of an entry: the fields that are asked with it, a note, and whether the outsider may read the note."""

    def __init__(
        self, scope: Scope, kept: Kept, entry: Entry, move: Move, data: Any = None, files: Any = None, **kwargs: Any
    ) -> None:
        was = from_json(kept.register.fields, entry.values)
        self.entry, self.move = entry, move
        kwargs.setdefault("auto_id", f"id_{move.key}_%s")
        super().__init__(
            scope, kept, kept.register.fields_at(move.key), data, files, was=was, version=entry.version, **kwargs
        )
        self.fields[NOTE] = forms.CharField(
            label=_("เหตุผล") if move.note_required else _("บันทึกเพิ่มเติม"),
            required=move.note_required,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        if hasattr(entry, "outside"):
            self.fields[TOLD] = forms.BooleanField(label=_("ให้ผู้ยื่นเรื่องเห็นบันทึกนี้"), required=False)

    def judge(self) -> Iterable[Fault]:
        """Hold the rules of the fields that the move asks for."""
        year, values = self.entry.fiscal_year_be, self._with_uploads()
        return faults(self.kept.register, values, at=self.move.key, today=self.scope.today, fiscal_year_be=year)

    @property
    def note(self) -> str:
        """What was written with it."""
        return str(self.cleaned_data[NOTE])

    @property
    def told(self) -> bool:
        """Whether the outsider may read the note."""
        return bool(self.cleaned_data.get(TOLD))

    @property
    def extras(self) -> list[forms.BoundField]:
        """The note, and whether it is told."""
        return [self[name] for name in (NOTE, TOLD) if name in self.fields]


class ProgressForm(FieldsForm):
    """What is reported of a plan's entry in a period."""

    def __init__(
        self,
        scope: Scope,
        kept: Kept,
        entry: Entry,
        data: Any = None,
        files: Any = None,
        *,
        progress: EntryProgress | None = None,
        **kwargs: Any,
    ) -> None:
        asked = kept.register.progress.fields if kept.register.progress else ()
        was = from_json(asked, progress.values) if progress else {}
        self.plan = from_json(kept.register.fields, entry.values)
        version = progress.version if progress else 0
        super().__init__(
            scope, kept, [one for one in asked if one.type is not FieldType.DERIVED], data, files, was=was,
            version=version, **kwargs,
        )  # fmt: skip

    def judge(self) -> Iterable[Fault]:
        """Hold the rules of progress against plan and report."""
        return progress_faults(self.kept.register, self.plan, self._with_uploads(), self.scope.today)
