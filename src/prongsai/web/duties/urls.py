"""Addresses under ``/<agency code>/``."""

from django.urls import path

from prongsai.web.duties import views

app_name = "duties"
urlpatterns = [
    path("duties/", views.duties, name="duties"),
    path("duties/open/", views.duties_open, name="duties_open"),
    path("duties/add/", views.duty_add, name="duty_add"),
    path("duties/<int:pk>/", views.duty, name="duty"),
    path("duties/<int:pk>/edit/", views.duty_edit, name="duty_edit"),
    path("duties/occurrences/<int:pk>/", views.occurrence, name="occurrence"),
    path("duties/occurrences/<int:pk>/reopen/", views.occurrence_reopen, name="occurrence_reopen"),
]
