"""Official letters: their numbers, the chain of opinions above them, who signed what, and who has read them."""
