"""One year's assessment as data: the model, the shipped years, and what keeps and compares them."""
