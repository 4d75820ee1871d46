"""Backup, restore, first run, demonstration."""
