"""Of surveys."""
