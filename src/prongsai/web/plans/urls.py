"""Addresses under ``/<agency code>/``."""

from django.urls import path

from prongsai.web.plans import views

app_name = "plans"
urlpatterns = [
    path("cycles/<slug:cycle>/measures/", views.measures, name="measures"),
    path("cycles/<slug:cycle>/measures/add/", views.measure_add, name="measure_add"),
    path("measures/<int:pk>/", views.measure, name="measure"),
    path("measures/<int:pk>/edit/", views.measure_edit, name="measure_edit"),
    path("measures/<int:pk>/progress/", views.progress_add, name="progress_add"),
    path("progress/<int:pk>/edit/", views.progress_edit, name="progress_edit"),
    path("progress/<int:pk>/delete/", views.progress_delete, name="progress_delete"),
    path("measures/<int:pk>/state/", views.measure_state, name="measure_state"),
    path("measures/<int:pk>/steps/", views.measure_steps, name="measure_steps"),
    path("measures/<int:pk>/evidence/", views.measure_evidence, name="measure_evidence"),
    path("measures/<int:pk>/carry/", views.measure_carry, name="measure_carry"),
    path("measures/<int:pk>/assign/", views.measure_assign, name="measure_assign"),
    path("cycles/<slug:cycle>/dispatches/", views.dispatches, name="dispatches"),
    path("cycles/<slug:cycle>/dispatches/add/", views.dispatch_add, name="dispatch_add"),
    path("dispatches/<int:pk>/", views.dispatch, name="dispatch"),
    path("dispatches/<int:pk>/edit/", views.dispatch_edit, name="dispatch_edit"),
    path("dispatches/<int:pk>/issue/", views.dispatch_issue, name="dispatch_issue"),
    path("dispatches/<int:pk>/paper.<slug:suffix>", views.dispatch_paper, name="dispatch_paper"),
    path("tasks/", views.my_tasks, name="my_tasks"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/answer/", views.task_answer, name="task_answer"),
    path("tasks/<int:pk>/decide/", views.task_decide, name="task_decide"),
    path("tasks/<int:pk>/roll-out/", views.task_roll_out, name="task_roll_out"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<int:year>/<int:month>/", views.month, name="month"),
    path("calendar/<int:year>/", views.year, name="year"),
    path("duties/occurrences/<int:pk>/record/", views.occurrence_record, name="occurrence_record"),
    path("cycles/<slug:cycle>/follow-up/", views.follow_up, name="follow_up"),
    path("cycles/<slug:cycle>/executive/", views.executive, name="executive"),
    path("cycles/<slug:cycle>/reports/", views.reports, name="reports"),
    path("cycles/<slug:cycle>/reports/make/", views.report_make, name="report_make"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/decide/", views.report_decide, name="report_decide"),
]
