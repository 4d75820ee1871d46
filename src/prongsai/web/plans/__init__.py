"""What is done about findings: measures, assignments, progress, reports."""
