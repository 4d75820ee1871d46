"""Addresses under ``/<agency code>/``. Those under ``open/`` ask for no sign-in."""

from django.urls import path

from prongsai.web.registers.views import entries, imports, lists, office, opened, outside, papers, periods

app_name = "registers"
urlpatterns = [
    path("registers/", office.registers, name="registers"),
    path("registers/year/", periods.year, name="year"),
    path("registers/year/open/", periods.year_open, name="year_open"),
    path("registers/<slug:register>/", lists.entry_list, name="register"),
    path("registers/<slug:register>/add/", entries.entry_add, name="entry_add"),
    path("registers/<slug:register>/propose/", lists.entry_propose, name="entry_propose"),
    path("registers/<slug:register>/<int:pk>/", entries.entry, name="entry"),
    path("registers/<slug:register>/<int:pk>/edit/", entries.entry_edit, name="entry_edit"),
    path("registers/<slug:register>/<int:pk>/move/<slug:move>/", entries.entry_move, name="entry_move"),
    path("registers/<slug:register>/<int:pk>/progress/<slug:period>/", entries.entry_progress, name="entry_progress"),
    path("registers/<slug:register>/<int:pk>/paper/", papers.entry_paper, name="entry_paper"),
    path("registers/<slug:register>/<int:pk>/files/<int:file>/", papers.entry_file, name="entry_file"),
    path("registers/<slug:register>/statistics/", office.statistics, name="statistics"),
    path("registers/<slug:register>/export/<slug:form>/", office.export, name="export"),
    path("registers/<slug:register>/views/add/", office.view_add, name="view_add"),
    path("registers/<slug:register>/views/<int:pk>/drop/", office.view_drop, name="view_drop"),
    path("registers/<slug:register>/settings/", office.settings, name="settings"),
    path("registers/<slug:register>/import/", imports.import_add, name="import_add"),
    path("registers/<slug:register>/import/template/", imports.template, name="import_template"),
    path("registers/<slug:register>/import/<int:pk>/", imports.batch, name="batch"),
    path("registers/<slug:register>/import/<int:pk>/step/", imports.batch_step, name="batch_step"),
    path("registers/<slug:register>/import/<int:pk>/save/", imports.batch_save, name="batch_save"),
    path("registers/<slug:register>/import/<int:pk>/faults/", imports.batch_faults, name="batch_faults"),
    path("registers/<slug:register>/import/<int:pk>/drop/", imports.batch_drop, name="batch_drop"),
    path("registers/<slug:register>/board/", periods.board, name="board"),
    path("registers/<slug:register>/board/<int:pk>/", periods.period, name="period"),
    path("registers/<slug:register>/board/<int:pk>/none/", periods.period_none, name="period_none"),
    path("registers/<slug:register>/board/<int:pk>/close/", periods.period_close, name="period_close"),
    path("registers/<slug:register>/board/<int:pk>/reopen/", periods.period_reopen, name="period_reopen"),
    path("registers/<slug:register>/board/<int:pk>/paper/<slug:form>/", periods.period_paper, name="period_paper"),
    path("registers/<slug:register>/carry/", periods.carry, name="carry"),
    path("open/", opened.registers, name="open"),
    path("open/track/", outside.track, name="track"),
    path("open/<slug:register>/", opened.table, name="open_table"),
    path("open/<slug:register>/data/<slug:form>/", opened.data, name="open_data"),
    path("open/<slug:register>/send/", outside.send, name="send"),
]
