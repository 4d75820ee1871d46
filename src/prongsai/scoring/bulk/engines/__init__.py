"""Where national data is counted: DuckDB inside the process, PostgreSQL or Spark where they are there already."""
