"""Registers of daily work: entries of the declared registers, their import, periods, and forms for outsiders."""
