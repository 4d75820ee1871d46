"""Addresses under ``/<agency code>/``."""

from django.urls import path

from prongsai.web.agencies import account_views, journal_views, views

app_name = "agencies"
urlpatterns = [
    path("agency/", views.agency, name="agency"),
    path("agency/edit/", views.agency_edit, name="agency_edit"),
    path("agency/emblem/<slug:which>.png", views.emblem, name="emblem"),
    path("agency/units/", views.units, name="units"),
    path("agency/units/<int:pk>/", views.unit, name="unit"),
    path("agency/units/add/", views.unit_add, name="unit_add"),
    path("agency/units/<int:pk>/edit/", views.unit_edit, name="unit_edit"),
    path("agency/people/", views.people, name="people"),
    path("agency/people/<int:pk>/", views.person, name="person"),
    path("agency/people/add/", views.person_add, name="person_add"),
    path("agency/people/<int:pk>/edit/", views.person_edit, name="person_edit"),
    path("agency/people/merge/", views.person_merge, name="person_merge"),
    path("agency/posts/", views.posts, name="posts"),
    path("agency/posts/<int:pk>/", views.post, name="post"),
    path("agency/posts/add/", views.post_add, name="post_add"),
    path("agency/posts/<int:pk>/edit/", views.post_edit, name="post_edit"),
    path("agency/posts/<int:pk>/roles/", views.post_roles, name="post_roles"),
    path("agency/posts/<int:pk>/appoint/", views.appointment_add, name="appointment_add"),
    path("agency/appointments/<int:pk>/end/", views.appointment_end, name="appointment_end"),
    path("agency/committees/", views.committees, name="committees"),
    path("agency/committees/<int:pk>/", views.committee, name="committee"),
    path("agency/committees/add/", views.committee_add, name="committee_add"),
    path("agency/committees/<int:pk>/edit/", views.committee_edit, name="committee_edit"),
    path("agency/job-orders/", views.job_orders, name="job_orders"),
    path("agency/job-orders/add/", views.job_order_add, name="job_order_add"),
    path("agency/tables/add/", views.table_add, name="table_add"),
    path("agency/tables/<int:pk>/", views.table, name="table"),
    path("agency/tables/<int:pk>/save/", views.table_save, name="table_save"),
    path("accounts/", account_views.accounts, name="accounts"),
    path("accounts/invite/", account_views.invite, name="invite"),
    path("accounts/invitations/<int:pk>/withdraw/", account_views.invitation_withdraw, name="invitation_withdraw"),
    path("accounts/<int:pk>/close/", account_views.account_close, name="account_close"),
    path("accounts/<int:pk>/help/", account_views.account_help, name="account_help"),
    path("journal/", journal_views.journal, name="journal"),
    path("journal/<int:year>-<int:month>-<int:day>/", journal_views.journal_day, name="journal_day"),
]
