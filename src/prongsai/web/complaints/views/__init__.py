"""Pages: for who reports, and for who holds a key."""
