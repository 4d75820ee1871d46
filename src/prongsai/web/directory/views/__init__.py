"""The installation's pages."""
