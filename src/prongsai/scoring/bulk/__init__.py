"""National data: millions of answers scored by the year's rules, which are written once as expressions of SQL.

The expressions are built from the :class:`~prongsai.scoring.outline.Outline` of a framework, never as text; the same
ones run on DuckDB, PostgreSQL and Spark. Sums are of whole numbers. Where a rounding stands on the edge, the exact
engine decides.
"""
