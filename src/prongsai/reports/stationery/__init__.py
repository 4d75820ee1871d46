"""Papers on an office's own Word file: which fields each kind offers, what fills them, and a template to start from."""
