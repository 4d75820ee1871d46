"""What a lint rule is: a stable code, a severity, and a function that looks at one paper.

A rule never mends. It names the place, the words as printed, the arithmetic where there is one, and the mend.
Precision matters: a paper without the fault must give nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prongsai.documents.model import Document
from prongsai.errors import Problem, Severity, Where
from prongsai.frameworks.model import Framework
from prongsai.reports.records import Report


@dataclass(frozen=True, slots=True)
class Paper:
    """What a rule looks at: the records, the document that they came from, and the year they are held against."""

    report: Report
    document: Document
    framework: Framework


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. summary: what it finds, one sentence. mend: what to do about it."""

    code: str
    severity: Severity
    summary: str
    summary_th: str
    mend: str
    mend_th: str
    family: str
    check: "Check"

    def look(self, paper: Paper) -> Iterator[Problem]:
        """Give every Problem that this rule finds in a paper."""
        return self.check(paper, Say(self))


@dataclass(frozen=True, slots=True)
class Say:
    """Makes the Problems of one rule."""

    rule: Rule

    def __call__(
        self,
        where: Where,
        message: str,
        message_th: str,
        *evidence: str,
        arithmetic: str | None = None,
        severity: Severity | None = None,
    ) -> Problem:
        """Make a Problem at a place. evidence: the words as printed. severity: where it differs from the rule's."""
        return Problem(
            self.rule.code,
            severity or self.rule.severity,
            message,
            message_th,
            where,
            evidence,
            arithmetic,
            self.rule.mend,
            self.rule.mend_th,
        )


Check = Callable[[Paper, Say], Iterator[Problem]]
RULES: dict[str, Rule] = {}


def rule(
    code: str, severity: Severity, *, summary: str, summary_th: str, mend: str, mend_th: str
) -> Callable[[Check], Check]:
    """Register a check under a code; its module is its family. Raises ValueError for a code used twice."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"rule {code} is registered twice")
        family = check.__module__.rsplit(".", 1)[-1]
        RULES[code] = Rule(code, severity, summary, summary_th, mend, mend_th, family, check)
        return check

    return register
