"""Reading: cases that one may open, who holds keys, counts."""
