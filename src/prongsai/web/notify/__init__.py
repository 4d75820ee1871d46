"""Mail that leaves the office."""
