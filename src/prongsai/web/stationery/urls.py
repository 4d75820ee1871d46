"""Addresses under ``/<agency code>/``."""

from django.urls import path

from prongsai.web.stationery import views

app_name = "stationery"
urlpatterns = [
    path("templates/", views.kinds, name="kinds"),
    path("templates/<str:kind>/", views.kind, name="kind"),
    path("templates/<str:kind>/start/", views.start, name="start"),
    path("templates/versions/<int:pk>/file/", views.file, name="file"),
    path("templates/versions/<int:pk>/preview/<str:form>/", views.preview, name="preview"),
    path("templates/versions/<int:pk>/switch/", views.switch, name="switch"),
]
