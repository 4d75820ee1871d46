"""Addresses under ``/installation/results/``."""

from django.urls import path

from prongsai.web.results import views

app_name = "results"
urlpatterns = [
    path("", views.tables, name="tables"),
    path("add/", views.table_add, name="table_add"),
    path("build/", views.build, name="build"),
    path("<int:pk>/", views.table, name="table"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/accept/", views.table_accept, name="table_accept"),
    path("<int:pk>/drop/", views.table_drop, name="table_drop"),
]
