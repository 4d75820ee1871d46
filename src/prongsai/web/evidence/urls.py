"""Addresses under ``/<agency code>/``."""

from django.urls import path

from prongsai.web.evidence import views

app_name = "evidence"
urlpatterns = [
    path("evidence/", views.evidence_list, name="list"),
    path("evidence/add/", views.add, name="add"),
    path("evidence/<int:pk>/", views.evidence, name="evidence"),
    path("evidence/<int:pk>/edit/", views.edit, name="edit"),
    path("evidence/<int:pk>/revise/", views.revise, name="revise"),
    path("evidence/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("evidence/files/<int:pk>/", views.download, name="download"),
    path("evidence/files/<int:pk>/preview/", views.preview_file, name="preview"),
    path("evidence/files/<int:pk>/preview/<int:page>.png", views.preview_page, name="preview_page"),
]
