"""Reading registers: which there are, who may what, their entries, figures, periods and proofs."""
