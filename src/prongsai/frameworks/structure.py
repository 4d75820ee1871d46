"""The shape of a framework file, which ``schema.json`` publishes."""

from pathlib import Path

from prongsai.frameworks.faults import fault
from prongsai.frameworks.shape import Shape

SHAPE = Shape(Path(__file__).with_name("schema.json"), "FRAMEWORK", fault)
