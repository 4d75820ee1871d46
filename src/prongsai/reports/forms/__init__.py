"""The papers that are forms: each declared once, composed from records and recognised by the same declaration.

Every kind is a module with NAME, TITLE_TH, PAPER, ``compose``, ``recognise``, ``sample``, ``from_json`` and
``to_json``; ``prongsai.reports.catalogue`` names them.
"""
