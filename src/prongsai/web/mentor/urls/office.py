"""Addresses of offices and of who looks in them, under ``/mentor/``."""

from django.urls import path

from prongsai.web.mentor.views import entering, looking, messages, sheets

app_name = "mentor_office"
urlpatterns = [
    path("", entering.desks, name="desks"),
    path("invitation/<str:token>/", entering.summons, name="summons"),
    path("<int:office>/", looking.heat, name="heat"),
    path("<int:office>/heat.<slug:form>", sheets.heat_sheet, name="heat_sheet"),
    path("<int:office>/late/", looking.late, name="late"),
    path("<int:office>/faults/", looking.faults, name="faults"),
    path("<int:office>/faults/at/", looking.fault, name="fault"),
    path("<int:office>/examples/", looking.examples, name="examples"),
    path("<int:office>/compare/", looking.compare, name="compare"),
    path("<int:office>/agencies/", looking.agencies, name="agencies"),
    path("<int:office>/agencies/<str:code>/", looking.agency, name="agency"),
    path("<int:office>/messages/", messages.sent, name="messages"),
    path("<int:office>/messages/new/", messages.message_add, name="message_add"),
    path("<int:office>/messages/<int:pk>/", messages.message, name="message"),
]
