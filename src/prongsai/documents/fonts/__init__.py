"""The fonts that PDFs are set in, how wide their letters are, and the recipe that made them."""
