"""The rules that a register file keeps, by topic; each gives Problems at their lines."""
