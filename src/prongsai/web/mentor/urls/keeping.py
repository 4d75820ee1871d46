"""Addresses for who runs the installation, under ``/installation/mentors/``."""

from django.urls import path

from prongsai.web.mentor.views import keeping

app_name = "mentor_keeping"
urlpatterns = [
    path("", keeping.offices, name="offices"),
    path("add/", keeping.office_add, name="office_add"),
    path("<int:pk>/", keeping.office, name="office"),
    path("<int:pk>/summon/", keeping.summon, name="summon"),
    path("withdraw/<int:pk>/", keeping.withdraw, name="withdraw"),
    path("close/<int:pk>/", keeping.close, name="close"),
]
