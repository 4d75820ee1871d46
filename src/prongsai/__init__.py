"""Prongsai (โปร่งใส): integrity and transparency work of a Thai local government."""

__version__ = "0.1.0"
