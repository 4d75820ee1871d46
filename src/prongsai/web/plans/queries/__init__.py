"""Reading measures, dispatches, tasks, progress and reports."""
