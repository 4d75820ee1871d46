"""Reading: the list of codes, finding in it, the agencies of the installation."""
