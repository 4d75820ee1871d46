"""What the installation's pages ask."""
