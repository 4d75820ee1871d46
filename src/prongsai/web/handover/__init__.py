"""What somebody who leaves, or moves to another post, hands over to who comes: open work, drafts, duties, things."""
