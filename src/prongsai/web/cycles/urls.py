"""Addresses under ``/<agency code>/``."""

from django.urls import path

from prongsai.web.cycles import finding_views, views

app_name = "cycles"
urlpatterns = [
    path("cycles/", views.cycle_list, name="list"),
    path("cycles/open/", views.open_cycle, name="open"),
    path("cycles/<slug:cycle>/", views.cycle, name="cycle"),
    path("cycles/<slug:cycle>/close/", views.close, name="close"),
    path("cycles/<slug:cycle>/target/", views.target, name="target"),
    path("cycles/<slug:cycle>/dates/", views.dates, name="dates"),
    path("cycles/<slug:cycle>/items/", views.items, name="items"),
    path("cycles/<slug:cycle>/items/<str:key>/", views.item, name="item"),
    path("cycles/<slug:cycle>/items/<str:key>/edit/", views.item_edit, name="item_edit"),
    path("cycles/<slug:cycle>/items/<str:key>/elements/<int:pk>/", views.element, name="element"),
    path(
        "cycles/<slug:cycle>/items/<str:key>/elements/<int:pk>/evidence/",
        views.element_evidence,
        name="element_evidence",
    ),
    path("cycles/<slug:cycle>/items/<str:key>/gather/", views.gather, name="gather"),
    path("cycles/<slug:cycle>/carry/", views.carry, name="carry"),
    path("cycles/<slug:cycle>/scores/", views.scores, name="scores"),
    path("cycles/<slug:cycle>/scores/add/", views.scores_add, name="scores_add"),
    path("cycles/<slug:cycle>/scores/<int:pk>/", views.snapshot, name="snapshot"),
    path("cycles/<slug:cycle>/analysis/", views.analysis, name="analysis"),
    path("cycles/<slug:cycle>/analysis/approve/", views.analysis_approve, name="analysis_approve"),
    path("cycles/<slug:cycle>/forecast/", views.forecast, name="forecast"),
    path("cycles/<slug:cycle>/findings/", finding_views.findings, name="findings"),
    path("cycles/<slug:cycle>/findings/add/", finding_views.finding_add, name="finding_add"),
    path("findings/<int:pk>/", finding_views.finding, name="finding"),
    path("findings/<int:pk>/edit/", finding_views.finding_edit, name="finding_edit"),
    path("findings/<int:pk>/close/", finding_views.finding_close, name="finding_close"),
    path("cycles/<slug:cycle>/findings/merge/", finding_views.findings_merge, name="findings_merge"),
]
