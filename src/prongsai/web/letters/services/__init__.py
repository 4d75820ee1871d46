"""Writing: numbers, letters, the chain above them, circulars."""
