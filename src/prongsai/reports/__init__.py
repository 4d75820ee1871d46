"""The papers that this work reads and owes: one module a kind, recognised out of a document."""
