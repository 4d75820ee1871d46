"""The door for a web server."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.web.settings")
# Every question to the database lets the other threads run, and who comes back from it waits this long for its turn:
# with Python's own five milliseconds a request of ten questions waits fifty behind a busy neighbour.
sys.setswitchinterval(0.0005)
application = get_wsgi_application()
