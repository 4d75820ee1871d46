"""The papers that are forms: each declared once, composed from records and recognised by the same declaration."""
