"""The shape of a register file, which ``schema.json`` publishes."""

from pathlib import Path

from prongsai.frameworks.shape import Shape
from prongsai.registers.faults import fault

SHAPE = Shape(Path(__file__).with_name("schema.json"), "REGISTER", fault)
