"""Surveys that nobody can trace: what was answered is never kept beside who, by which code, from where or when."""
