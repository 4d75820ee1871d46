"""Addresses under ``/<agency code>/``."""

from django.urls import path

from prongsai.web.intake import views

app_name = "intake"
urlpatterns = [
    path("intake/", views.intake_list, name="list"),
    path("intake/upload/", views.upload, name="upload"),
    path("intake/<int:pk>/", views.intake, name="intake"),
    path("intake/<int:pk>/accept-clean/", views.accept_clean, name="accept_clean"),
    path("intake/<int:pk>/cycle/", views.choose_cycle, name="cycle"),
    path("intake/rows/<int:pk>/", views.row, name="row"),
    path("intake/rows/<int:pk>/mend/", views.row_mend, name="row_mend"),
    path("intake/rows/<int:pk>/decide/", views.row_decide, name="row_decide"),
]
