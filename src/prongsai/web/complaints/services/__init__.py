"""Writing: taking reports in, keys and who holds them, what is done in a case."""
