"""Tags of handovers."""
