"""Registers of daily work as data: one declared file each, read, checked, and put to use without a database.

A file says what an entry holds, which rules it keeps, how it moves, when it is due, what of it is public, and which
items of the assessment it proves. The platform makes forms, lists, imports, statistics, papers and public tables of it.

Nothing is imported here: the process that reads a spreadsheet (``sheet_child``) starts anew for each and needs little.
"""
