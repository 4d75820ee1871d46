"""Reading: registers of numbers, letters, chains, circulars."""
