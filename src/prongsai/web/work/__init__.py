"""Work in the background: the database is its queue, ``prongsai work`` does it."""
