"""The papers that are composed from records, one module a kind, each with both doors: compose and recognise.

Every module gives ``NAME``, ``TITLE_TH``, ``sample()``, ``from_json(data)``, ``to_json(records)``,
``compose(records, options)`` and ``recognise(document)``.
"""
