"""Addresses under ``/installation/``."""

from django.urls import path

from prongsai.web.directory.views import agencies, code_lists, many, operators

app_name = "directory"
urlpatterns = [
    path("", agencies.agencies, name="agencies"),
    path("agencies/add/", agencies.agency_find, name="agency_find"),
    path("agencies/add/by-hand/", agencies.agency_add, name="agency_add_by_hand"),
    path("agencies/add/many/", many.agencies_add, name="agencies_add"),
    path("agencies/add/<agency:code>/", agencies.agency_add, name="agency_add"),
    path("agencies/<agency:code>/", agencies.agency, name="agency"),
    path("agencies/<agency:code>/invite/", agencies.agency_invite, name="agency_invite"),
    path("agencies/<agency:code>/close/", agencies.agency_close, name="agency_close"),
    path("agencies/<agency:code>/reopen/", agencies.agency_reopen, name="agency_reopen"),
    path("codes/", code_lists.code_lists, name="code_lists"),
    path("codes/add/", code_lists.code_list_add, name="code_list_add"),
    path("codes/<int:pk>/", code_lists.code_list, name="code_list"),
    path("codes/<int:pk>/accept/", code_lists.code_list_accept, name="code_list_accept"),
    path("codes/<int:pk>/drop/", code_lists.code_list_drop, name="code_list_drop"),
    path("operators/", operators.operators, name="operators"),
    path("operators/<int:pk>/help/", operators.operator_help, name="operator_help"),
    path("operators/<int:pk>/end/", operators.operator_end, name="operator_end"),
    path(
        "operators/invitations/<int:pk>/withdraw/",
        operators.operator_invitation_withdraw,
        name="operator_invitation_withdraw",
    ),
    path("journal/", operators.journal, name="journal"),
    path("invitation/<str:token>/", operators.operator_invitation, name="operator_invitation"),
]
