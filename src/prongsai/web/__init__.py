"""The platform: one agency's fiscal year on the web. Everything that knows Django lives below here."""
