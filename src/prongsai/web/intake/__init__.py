"""Papers brought in: read, looked at row by row, accepted."""
