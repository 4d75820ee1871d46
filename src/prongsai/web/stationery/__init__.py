"""Papers on an office's own Word files: templates by kind, their versions, and what is written on them."""
