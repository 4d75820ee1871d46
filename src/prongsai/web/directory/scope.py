"""Who acts in no agency: who runs the installation, or the software itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from prongsai.web.agencies.models import Agency, User
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.directory.models import Operator


@dataclass(frozen=True, slots=True)
class Installation:
    """The installation as somebody changes it; user is None for the software itself (commands)."""

    user: User | None = None

    @property
    def agency(self) -> Agency | None:
        """None: what is done here stands in the installation's own journal."""
        return None

    @property
    def actor(self) -> str:
        """Name who acts, for the journal."""
        return str(self.user or "ระบบ")

    def inside(self, agency: Agency) -> Scope:
        """Give the scope in which an agency is made: the software's own, in the name of who runs the installation."""
        return replace(system_scope(agency), user=self.user)


def installation_of(operator: Operator) -> Installation:
    """Give the installation as an operator changes it."""
    return Installation(operator.user)
