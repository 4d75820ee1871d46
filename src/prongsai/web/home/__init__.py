"""What needs doing today, for each role, with the reason and the form; the year's duties; and the way in."""

from prongsai.web.home.views import home, start, year, year_month, year_open

__all__ = ["home", "start", "year", "year_month", "year_open"]
