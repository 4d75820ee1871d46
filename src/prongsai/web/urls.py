"""Every address. What belongs to an agency stands under its eight-digit code."""

from django.urls import include, path, register_converter

from prongsai.web import home
from prongsai.web.agencies import entry
from prongsai.web.disclosure.views import served
from prongsai.web.letters.views import verifying
from prongsai.web.operations import probes
from prongsai.web.operations import views as operations


class AgencyCode:
    """Eight digits."""

    regex = "[0-9]{8}"

    def to_python(self, value: str) -> str:
        """Give the code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Give the code as it stands."""
        return value


register_converter(AgencyCode, "agency")

APPS = (
    "surveys",  # first: while a survey runs, nothing is asked for as often
    *("agencies", "evidence", "duties", "notify", "stationery", "registers", "cycles", "plans", "intake"),
    *("letters", "complaints", "disclosure", "handover", "mentor"),
)

handler500 = "prongsai.web.operations.failing.failed"
urlpatterns = [
    path("", home.start, name="start"),
    path("health/live/", probes.live, name="health_live"),
    path("health/ready/", probes.ready, name="health_ready"),
    path("metrics/", probes.show_metrics, name="metrics"),
    path("first-run/", operations.first_run, name="first_run"),
    path("account/", include("allauth.account.urls")),
    path("account/mfa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/me/", entry.account, name="account"),
    path("invitation/<str:token>/", entry.invitation, name="invitation"),
    path("language/", include("django.conf.urls.i18n")),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<str:code>/", verifying.verify_code, name="verify_code"),
    path("installation/results/", include("prongsai.web.results.urls")),
    path("installation/mentors/", include("prongsai.web.mentor.urls.keeping")),
    path("public/compare/", served.site_file, {"code": "compare"}, name="compare_root"),
    path("public/compare/<path:path>", served.site_file, {"code": "compare"}, name="compare_file"),
    path("public/<agency:code>/", served.site_file, name="site_root"),
    path("public/<agency:code>/<path:path>", served.site_file, name="site_file"),
    path("installation/", include("prongsai.web.directory.urls")),
    path("mentor/", include("prongsai.web.mentor.urls.office")),
    path("<agency:agency>/", home.home, name="home"),
    path("<agency:agency>/year/", home.year, name="year_wheel"),
    path("<agency:agency>/year/open/", home.year_open, name="year_wheel_open"),
    path("<agency:agency>/year/<int:year>/<int:month>/", home.year_month, name="year_month"),
    path("<agency:agency>/", include([path("", include(f"prongsai.web.{app}.urls")) for app in APPS])),
]
