"""Writing: the list of codes, agencies made from it, closing them, who runs the installation."""
