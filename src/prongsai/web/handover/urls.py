"""Addresses under ``/<agency code>/``."""

from django.urls import path

from prongsai.web.handover import views

app_name = "handover"
urlpatterns = [
    path("handovers/", views.handovers, name="handovers"),
    path("handovers/add/", views.handover_add, name="handover_add"),
    path("handovers/leave/", views.leave, name="leave"),
    path("handovers/<int:pk>/", views.handover, name="handover"),
    path("handovers/<int:pk>/edit/", views.handover_edit, name="handover_edit"),
    path("handovers/<int:pk>/rows/", views.handover_rows, name="handover_rows"),
    path("handovers/<int:pk>/close/", views.handover_close, name="handover_close"),
    path("handovers/<int:pk>/sign/", views.handover_sign, name="handover_sign"),
    path("handovers/<int:pk>/scan/", views.handover_scan, name="handover_scan"),
    path("handovers/<int:pk>/recall/", views.handover_recall, name="handover_recall"),
    path("handovers/<int:pk>/drop/", views.handover_drop, name="handover_drop"),
    path("handovers/<int:pk>/paper/<slug:form>/", views.handover_paper, name="handover_paper"),
]
