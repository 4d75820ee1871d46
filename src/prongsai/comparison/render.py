"""Sets the pages of the explorer: templates, numbers as Thais read them, links that work below any folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from prongsai.comparison.figures import Figures
from prongsai.comparison.model import Nation
from prongsai.portal import shown
from prongsai.portal.addresses import index, link
from prongsai.portal.render import allowed
from prongsai.thai.numerals import to_thai

TITLE = "ผลการประเมิน ITA ของ อปท."
STYLE, OWN_STYLE, ICON = "assets/site.css", "assets/compare.css", "assets/icon.svg"
MENU = (
    ("nation", "ทั้งประเทศ", "index.html"),
    ("provinces", "รายจังหวัด", index("p")),
    ("contradictions", "ข้อขัดแย้ง", index("contradictions")),
    ("data", "ข้อมูลเปิด", index("data")),
    ("method", "วิธีการและแหล่งที่มา", index("method")),
)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Give the templates, compiled once; nothing is printed without being escaped, nothing is missing silently."""
    made = Environment(
        loader=PackageLoader("prongsai.comparison"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "digits": lambda value: to_thai(str(value)),
        "count": lambda value: to_thai(f"{value:,}"),
        "score": score,
        "plain": lambda value: "–" if value is None else to_thai(f"{value.normalize():f}"),
        "svg": Markup,
        "day": shown.thai_day,
    }
    return made


def score(value: Decimal | None) -> str:
    """Print a score with its decimals in Thai digits; a dash for none."""
    return "–" if value is None else to_thai(f"{value:.2f}")


@dataclass(frozen=True)
class Press:
    """Sets the pages of one explorer. said: who puts it up and when, a line at the foot of every page."""

    figures: Figures
    said: str = ""

    @property
    def nation(self) -> Nation:
        """The nation that it shows."""
        return self.figures.nation

    def set(
        self,
        template: str,
        *,
        at: str,
        title: str,
        section: str = "",
        crumbs: tuple[tuple[str, str], ...] = (),
        **given: object,
    ) -> bytes:
        """Set a page at an address as bytes. crumbs: (words, address) of what stands above it."""
        named: Mapping[str, object] = {
            **{"at": at, "to": partial(link, at), "title": title, "section": section, "crumbs": crumbs},
            **{"site": TITLE, "said": self.said, "menu": MENU, "years": self.nation.years},
            **{"style": STYLE, "own_style": OWN_STYLE, "icon": ICON, "figures": self.figures},
        }
        return allowed(environment().get_template(template).render({**named, **given})).encode("utf-8", "replace")
