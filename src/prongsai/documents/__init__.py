"""Documents of every format in one model, with the place of every cell."""
