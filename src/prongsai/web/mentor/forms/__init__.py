"""What is typed in an office, in an agency, and by who runs the installation."""
