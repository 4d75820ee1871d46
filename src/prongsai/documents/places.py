"""Where things stand in a document that has no lines of its own.

Rules of this house ask for lines. A Word file or a PDF gets those of its text view (``prongsai convert FILE -o
OUT.txt``): a blank line after every paragraph and every table, a row of a table on one line.
"""

from prongsai.errors import Where


class Places:
    """Counts lines, tables, rows and cells while a reader or composer walks a document."""

    def __init__(self, file: str | None) -> None:
        self._file = file
        self._line = 1
        self._table = 0
        self._row = 0
        self.page: int | None = None

    def _where(self) -> Where:
        return Where(self._file, self._line, self.page)

    def paragraph(self) -> Where:
        """Give the place of the next paragraph."""
        where = self._where()
        self._line += 2
        return where

    def next_line(self) -> Where:
        """Give the place of a line that goes on right under the paragraph before, after a line break."""
        self._line -= 1
        return self.paragraph()

    def table(self) -> Where:
        """Give the place of the next table; its rows follow."""
        self._table += 1
        self._row = 0
        where = self._where()
        return Where(where.file, where.line, where.page, self._table)

    def row(self, number: int | None = None) -> Where:
        """Give the place of the next row. number: its own in the sheet, when it has one."""
        self._row += 1
        where = Where(self._file, self._line, self.page, self._table, number or self._row)
        self._line += 1
        return where

    def end_table(self) -> None:
        """Leave a blank line after a table."""
        self._line += 1

    @staticmethod
    def cell(row: Where, column: int) -> Where:
        """Give the place of a cell of a row, 1-based."""
        return Where(row.file, row.line, row.page, row.table, row.row, column)
