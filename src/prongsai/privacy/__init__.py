"""Finds and covers what belongs to a person: in words here, in files in ``prongsai.documents.clean``."""
