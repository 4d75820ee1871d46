"""The door for a web server."""

import multiprocessing
import os
import sys
import threading

from django.core.wsgi import get_wsgi_application

from prongsai.web import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.web.settings")
os.environ.setdefault(environment.PAGES, "1")
# Every question to the database lets the other threads run, and who comes back from it waits this long for its turn:
# with Python's own five milliseconds a request of ten questions waits fifty behind a busy neighbour.
sys.setswitchinterval(0.0005)


def _end_with_the_server() -> None:
    """End at once when the process that started this one is gone: a worker left behind keeps the port."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(1)


threading.Thread(target=_end_with_the_server, name="end-with-the-server", daemon=True).start()
application = get_wsgi_application()
