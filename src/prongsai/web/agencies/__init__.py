"""The agency, its units, people, posts and committees; who may do what; the journal of what was done."""
