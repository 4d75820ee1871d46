"""Values of fields, every way: read what offices write, print it, keep it as JSON.

One door to the modules that do the work: ``read_values`` (``read_plain``, ``read_times``), ``show_values``,
``json_values``.
"""

from prongsai.registers.json_values import from_json, normal, to_json
from prongsai.registers.read_values import Look, read, read_rows
from prongsai.registers.refusals import ValueRefused
from prongsai.registers.show_values import show

__all__ = ["Look", "ValueRefused", "from_json", "normal", "read", "read_rows", "show", "to_json"]
