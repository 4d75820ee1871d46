"""Pages that do not know who asks: those of who tells of corruption, and those of who answers a survey."""
