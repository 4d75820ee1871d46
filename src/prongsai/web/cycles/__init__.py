"""A year's assessment of one agency: items, elements, scores, findings."""
