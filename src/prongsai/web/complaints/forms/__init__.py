"""What is asked of reporters and of handlers."""
