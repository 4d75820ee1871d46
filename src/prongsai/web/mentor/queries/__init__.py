"""Reading: who takes part, and what an office sees of them."""
