"""Registers as spreadsheets, both ways: one door to ``sheet_write``, ``sheet_template`` and ``sheet_read``."""

from prongsai.registers.sheet_read import Sheet, cell_name, rows_of
from prongsai.registers.sheet_template import template
from prongsai.registers.sheet_write import csv_text, json_text, workbook

__all__ = ["Sheet", "cell_name", "csv_text", "json_text", "rows_of", "template", "workbook"]
