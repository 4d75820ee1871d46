"""PostgreSQL as the platform uses it: Django's own, which does not keep everybody waiting for a server that is away."""
