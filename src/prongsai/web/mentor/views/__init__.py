"""Pages of an office, of an agency that takes part, and of who runs the installation."""
