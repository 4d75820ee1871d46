"""Addresses of an agency that takes part, under ``/<agency code>/``."""

from django.urls import path

from prongsai.web.mentor.views import partaking

app_name = "mentor"
urlpatterns = [
    path("mentor/", partaking.mentor, name="mentor"),
    path("mentor/preview/", partaking.preview, name="preview"),
    path("mentor/refresh/", partaking.refresh, name="refresh"),
    path("mentor/<int:pk>/join/", partaking.join, name="join"),
    path("mentor/<int:pk>/leave/", partaking.leave, name="leave"),
    path("mentor/<int:pk>/examples/", partaking.examples, name="examples"),
    path("mentor/messages/<int:pk>/", partaking.message, name="message"),
    path("mentor/messages/<int:pk>/acknowledge/", partaking.acknowledge, name="acknowledge"),
    path("mentor/messages/<int:pk>/answer/", partaking.answer, name="answer"),
]
