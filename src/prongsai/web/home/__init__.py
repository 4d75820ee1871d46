"""What needs doing today, for each role, with the reason and the form; and the way in."""

from prongsai.web.home.views import home, start

__all__ = ["home", "start"]
