"""Forms, built from what a register declares."""
