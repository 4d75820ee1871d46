"""Addresses of surveys. Those below ``ask/`` ask nobody who they are."""

from django.urls import path

from prongsai.web.surveys.views import (
    acting,
    answering,
    codes,
    groups,
    mailing,
    official,
    paper,
    posters,
    questionnaires,
    reports,
    results,
    surveys,
)

urlpatterns = [
    # --- answering ---
    path("ask/<str:address>/", answering.ask, name="survey_ask"),
    path("ask/<str:address>/en/", answering.ask, {"language": "en"}, name="survey_ask_en"),
    # --- codes, posters, paper ---
    path("surveys/<int:pk>/codes/", codes.codes, name="survey_codes"),
    path("surveys/<int:pk>/codes/make/", codes.make, name="survey_codes_make"),
    path("surveys/<int:pk>/codes/<int:batch>/void/", codes.void, name="survey_codes_void"),
    path("surveys/<int:pk>/codes/mail/", mailing.mail, name="survey_codes_mail"),
    path("surveys/<int:pk>/codes/remind/", mailing.remind, name="survey_remind"),
    path("surveys/<int:pk>/posters/", posters.posters, name="survey_posters"),
    path("surveys/<int:pk>/posters/<str:form>/", posters.posters_file, name="survey_posters_file"),
    path("surveys/<int:pk>/paper/", paper.paper, name="survey_paper"),
    path("surveys/<int:pk>/paper/<str:form>/", paper.paper_sheet_file, name="survey_paper_sheet"),
    # --- running ---
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/add/", surveys.survey_add, name="survey_add"),
    path("surveys/official/", official.official_counts, name="official_counts"),
    path("surveys/official/add/", official.official_count_add, name="official_count_add"),
    path("surveys/official/<int:pk>/edit/", official.official_count_edit, name="official_count_edit"),
    path("surveys/official/<int:pk>/remove/", official.official_count_remove, name="official_count_remove"),
    path("surveys/<int:pk>/", surveys.survey, name="survey"),
    path("surveys/<int:pk>/edit/", surveys.survey_edit, name="survey_edit"),
    path("surveys/<int:pk>/groups/", groups.survey_groups, name="survey_groups"),
    path("surveys/<int:pk>/groups/fill/", groups.survey_groups_fill, name="survey_groups_fill"),
    path("surveys/<int:pk>/groups/<int:group>/", groups.survey_group_edit, name="survey_group_edit"),
    path("surveys/<int:pk>/groups/<int:group>/remove/", groups.survey_group_remove, name="survey_group_remove"),
    path("surveys/<int:pk>/open/", acting.survey_open, name="survey_open"),
    path("surveys/<int:pk>/window/", acting.survey_window, name="survey_window"),
    path("surveys/<int:pk>/extend/", acting.survey_extend, name="survey_extend"),
    path("surveys/<int:pk>/close/", acting.survey_close, name="survey_close"),
    path("surveys/<int:pk>/count/", acting.survey_count, name="survey_count"),
    path("surveys/<int:pk>/drop/", acting.survey_drop, name="survey_drop"),
    path("surveys/<int:pk>/key/", acting.survey_key, name="survey_key"),
    path("surveys/<int:pk>/copy/", acting.survey_copy, name="survey_copy"),
    # --- results ---
    path("surveys/<int:pk>/results/", results.survey_results, name="survey_results"),
    path("surveys/<int:pk>/results/findings/", results.survey_findings, name="survey_findings"),
    path("surveys/<int:pk>/results/report/", reports.survey_report, name="survey_report"),
    path("surveys/<int:pk>/results/report/keep/", reports.survey_report_keep, name="survey_report_keep"),
    path("surveys/<int:pk>/results/texts/<uuid:text>/", results.survey_text_hide, name="survey_text_hide"),
    path("surveys/<int:pk>/results/<str:form>/", results.survey_results_export, name="survey_results_export"),
    # --- questionnaires ---
    path("questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path("questionnaires/add/", questionnaires.questionnaire_add, name="questionnaire_add"),
    path("questionnaires/library/<slug:id>/", questionnaires.questionnaire_shipped, name="questionnaire_shipped"),
    path("questionnaires/library/<slug:id>/take/", questionnaires.questionnaire_take, name="questionnaire_take"),
    path("questionnaires/<int:pk>/", questionnaires.questionnaire, name="questionnaire"),
    path("questionnaires/<int:pk>/preview/", questionnaires.questionnaire_preview, name="questionnaire_preview"),
    path("questionnaires/<int:pk>/copy/", questionnaires.questionnaire_copy, name="questionnaire_copy"),
    path("questionnaires/<int:pk>/shelve/", questionnaires.questionnaire_shelve, name="questionnaire_shelve"),
    path("questionnaires/<int:pk>/edit/", questionnaires.questionnaire_edit, name="questionnaire_edit"),
    path("questionnaires/<int:pk>/move/", questionnaires.questionnaire_move, name="questionnaire_move"),
    path("questionnaires/<int:pk>/drop/", questionnaires.questionnaire_drop, name="questionnaire_drop"),
    path(
        "questionnaires/<int:pk>/sections/add/",
        questionnaires.questionnaire_section_add,
        name="questionnaire_section_add",
    ),
    path(
        "questionnaires/<int:pk>/sections/<slug:section>/",
        questionnaires.questionnaire_section,
        name="questionnaire_section",
    ),
    path(
        "questionnaires/<int:pk>/questions/add/",
        questionnaires.questionnaire_question_add,
        name="questionnaire_question_add",
    ),
    path(
        "questionnaires/<int:pk>/questions/<slug:question>/",
        questionnaires.questionnaire_question,
        name="questionnaire_question",
    ),
]
