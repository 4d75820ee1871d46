"""Who asks, in which agency, with which rights. Every query and every service takes one."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from prongsai.web.agencies.models import Agency, Person, User
from prongsai.web.agencies.roles import Power, Role, powers_of


@dataclass(frozen=True, slots=True)
class Scope:
    """A user in an agency on a day. user and person are None for the software itself (importers, commands).

    unit_ids: the units of the posts held, those under them included. post_ids: the posts held, acting ones included.
    former_ids: records that were merged into the person's; what was written before names those.
    """

    agency: Agency
    user: User | None
    person: Person | None
    roles: frozenset[Role]
    powers: frozenset[Power]
    post_ids: frozenset[int] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    today: date = field(default_factory=timezone.localdate)
    former_ids: frozenset[int] = frozenset()

    def can(self, power: Power) -> bool:
        """Whether a power is held."""
        return power in self.powers

    def can_change(self, unit_id: int | None) -> bool:
        """Whether the work of a unit may be changed: everybody's by who runs the cycle, else one's own unit's."""
        if self.can(Power.RUN_CYCLE):
            return True
        return self.can(Power.DO_WORK) and unit_id is not None and unit_id in self.unit_ids

    @property
    def person_ids(self) -> frozenset[int]:
        """Every record of the person who asks, as values that are kept may name it; empty for the software itself."""
        return frozenset({self.person.pk}) | self.former_ids if self.person else frozenset()

    @property
    def actor(self) -> str:
        """Name who acts, for the journal."""
        return str(self.person or self.user or "ระบบ")


def system_scope(agency: Agency) -> Scope:
    """Give the scope of the software itself, which may do everything in one agency."""
    roles = frozenset(Role)
    return Scope(agency, None, None, roles, powers_of(roles))
