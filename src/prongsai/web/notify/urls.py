"""Addresses under ``/<agency code>/``."""

from django.urls import path

from prongsai.web.notify import views

app_name = "notify"
urlpatterns = [
    path("mail/", views.mail, name="mail"),
    path("mail/<int:pk>/retry/", views.mail_retry, name="mail_retry"),
]
