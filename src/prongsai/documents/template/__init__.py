"""An office's own Word file as a template: gate (what may be in it), marks (what may be asked for), filling.

Nothing of a template is run. A marker is looked up in a list of names and replaced by words, rows or blocks; there
are no expressions, attributes, calls or conditions beyond *is there anything*.
"""
