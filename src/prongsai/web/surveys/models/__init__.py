"""What is asked, who may answer, what was answered; nothing that joins the last two."""

from prongsai.web.surveys.models.answers import Answer, Aside, Box, Count
from prongsai.web.surveys.models.codes import Batch, BatchWay, Code
from prongsai.web.surveys.models.official import OfficialCount
from prongsai.web.surveys.models.runs import Group, Grouping, Survey, SurveyState
from prongsai.web.surveys.models.texts import Questionnaire

__all__ = [
    "Answer",
    "Aside",
    "Batch",
    "BatchWay",
    "Box",
    "Code",
    "Count",
    "Group",
    "Grouping",
    "OfficialCount",
    "Questionnaire",
    "Survey",
    "SurveyState",
]
