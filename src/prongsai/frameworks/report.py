"""What ``frameworks check`` found, ready to print."""

from dataclasses import dataclass
from pathlib import Path

from prongsai.errors import Problem, Severity
from prongsai.frameworks.check import check


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The faults of one file."""

    file: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether the file can be used: no fault of severity error."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    def to_json(self) -> dict[str, object]:
        """Give what ``frameworks check --json`` prints."""
        return {"file": self.file, "ok": self.ok, "problems": [problem.to_json() for problem in self.problems]}


def check_report(path: str | Path, *, folder: Path | None = None) -> CheckReport:
    """Check a file as :func:`prongsai.frameworks.check.check` does."""
    return CheckReport(str(path), tuple(check(path, folder=folder)))
