"""What stands around the content of a page: its menus, head and foot. Each is found in one walk over the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

NAME_MAX = 300
SILENT = ("script", "style", "template", "noscript", "svg")
_AROUND_TAGS = frozenset({"nav", "footer"})
_AROUND_ROLES = frozenset({"navigation", "banner", "contentinfo", "menu", "menubar", "search"})
_MENU = re.compile(
    r"(?:^|[-_ ])(?:nav(?:bar|igation|menu)?|menu(?:bar|s)?|main-?menu|top-?(?:bar|menu|nav)|side-?(?:bar|menu|nav)"
    r"|mega-?menu|sub-?menu|dropdown-menu|breadcrumbs?|offcanvas|sitemap-?footer|cookie\S*|skip-?link)(?:$|[-_ 0-9])",
    re.IGNORECASE,
)
_FOOT = re.compile(r"(?:^|[-_ ])(?:site-?|page-?|main-?)?(?:footer|bottom-?bar|copyright)(?:$|[-_ 0-9])", re.IGNORECASE)


def around(root: etree._Element) -> list[etree._Element]:
    """Give the outermost menus, heads and feet of a page."""
    found: list[etree._Element] = []
    page = _Layout(_holding_all([*root.iter("h1", "h2")]), _menus(root))
    articles = 0  # that are open
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, each in walk:
        if not isinstance(each.tag, str):
            continue
        if event == "end":
            articles -= _is_article(each)
        elif each.tag not in ("html", "body", "main", "form") and _stands_around(each, page, in_article=articles > 0):
            found.append(each)
            walk.skip_subtree()
        else:
            articles += _is_article(each)
    return found


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is known of a whole page. heads: what holds all its main headings; menus: by name and links."""

    heads: frozenset[etree._Element]
    menus: frozenset[etree._Element]


def _holding_all(found: list[etree._Element]) -> frozenset[etree._Element]:
    """Give the elements that hold all of some, which are in the order of the page."""
    if not found:
        return frozenset()
    return frozenset(found[0].iterancestors()) & frozenset(found[-1].iterancestors())


def _stands_around(each: etree._Element, page: _Layout, *, in_article: bool) -> bool:
    if _is_article(each):
        return False
    if each.tag in _AROUND_TAGS or each.get("role", "").lower() in _AROUND_ROLES:
        return not in_article
    if each.tag == "header" and not in_article:
        return each not in page.heads
    return bool(_FOOT.search(called(each))) or each in page.menus


def _is_article(each: etree._Element) -> bool:
    return each.tag in ("article", "main") or each.get("role") == "main"


def called(each: etree._Element) -> str:
    """Give what an element is called: its classes and its id."""
    return f"{each.get('class', '')[:NAME_MAX]} {each.get('id', '')[:NAME_MAX]}"


def _menus(root: etree._Element) -> frozenset[etree._Element]:
    """Give what is called a menu and consists mostly of links, counted in one walk."""
    found: list[etree._Element] = []
    began: dict[etree._Element, tuple[int, int]] = {}
    letters = linked = links = 0
    for event, each, text in _walked(root):
        if event == "start" and each.tag == "a":
            links += 1
        elif event == "start" and isinstance(each.tag, str) and _MENU.search(called(each)):
            began[each] = letters, linked
        elif event == "end" and each.tag == "a":
            links -= 1
        elif event == "end" and each in began:
            before, linked_before = began.pop(each)
            if linked - linked_before >= 0.5 * (letters - before):
                found.append(each)
        count = sum(map(len, text.split()))
        letters, linked = letters + count, linked + (count if links else 0)
    return frozenset(found)


def _walked(root: etree._Element) -> Iterator[tuple[str, etree._Element, str]]:
    """Give the start and the end of every element with the words that follow, without what scripts say."""
    for event, each in (walk := etree.iterwalk(root, events=("start", "end"))):
        if event == "end":
            yield event, each, each.tail or ""
        elif isinstance(each.tag, str) and each.tag in SILENT:
            walk.skip_subtree()
        else:
            yield event, each, (each.text or "") if isinstance(each.tag, str) else ""
