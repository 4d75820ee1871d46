"""Who may draft, ask for, decide, withdraw, clean and erase what."""

from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Page, PageKind, Release, ReleaseState

MAKING = (ReleaseState.DRAFT, ReleaseState.RETURNED)


def unit_of(page: Page) -> int | None:
    """Give the unit whose work a page is: of the item, or named on the page."""
    return (page.item.unit_id if page.item else None) or page.unit_id


def may_draft(scope: Scope, page: Page) -> bool:
    """Whether somebody may write what a page says: the publisher, who runs the cycle, and the unit whose work it is."""
    return scope.can(Power.PUBLISH) or scope.can_change(unit_of(page))


def may_add(scope: Scope, kind: str) -> bool:
    """Whether somebody may add a page of a kind; those of items begin with the item, by who works on it."""
    return kind != PageKind.ITEM and (scope.can(Power.PUBLISH) or scope.can(Power.RUN_CYCLE))


def may_publish(scope: Scope) -> bool:
    """Whether somebody may rename pages and say that they stand elsewhere."""
    return scope.can(Power.PUBLISH)


def may_withdraw(scope: Scope) -> bool:
    """Whether somebody may take a page away from the public."""
    return scope.can(Power.APPROVE) or scope.can(Power.PUBLISH)


def may_decide(scope: Scope, release: Release) -> bool:
    """Whether somebody may approve a release: who approves, and neither asked for it nor wrote it."""
    return scope.can(Power.APPROVE) and scope.person is not None and not is_own(scope, release)


def is_own(scope: Scope, release: Release) -> bool:
    """Whether a release was asked for or written by who asks."""
    asked = scope.person is not None and release.requested_by_id == scope.person.pk
    return asked or (scope.user is not None and release.written_by_id == scope.user.pk)


def may_return(scope: Scope, release: Release) -> bool:
    """Whether somebody may send a request back: who may decide, and who asked, to go on writing."""
    asked = scope.person is not None and release.requested_by_id == scope.person.pk
    return may_decide(scope, release) or asked


def may_judge(scope: Scope) -> bool:
    """Whether somebody may decide what the privacy gate found."""
    return scope.can(Power.PUBLISH) or scope.can(Power.GUARD_PRIVACY)


def may_erase(scope: Scope) -> bool:
    """Whether somebody may erase a file for good."""
    return scope.can(Power.GUARD_PRIVACY) and scope.person is not None


def may_see_draft(scope: Scope, page: Page, release: Release) -> bool:
    """Whether somebody may read a release in the making: who writes it or asked for it, judges the gate, approves."""
    has_to_do = may_draft(scope, page) or may_judge(scope) or scope.can(Power.APPROVE)
    return has_to_do or is_own(scope, release)


def may_open_file(scope: Scope, page: Page, release: Release) -> bool:
    """Whether somebody may open the files of a release: of what was approved everybody, else who may read it."""
    return release.state == ReleaseState.APPROVED or may_see_draft(scope, page, release)


def may_open_original(scope: Scope, page: Page) -> bool:
    """Whether somebody may open a file as it was before it was cleaned."""
    return may_draft(scope, page) or may_judge(scope)
