"""What is done to surveys."""
