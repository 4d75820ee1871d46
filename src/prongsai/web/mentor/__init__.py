"""A district, a province or a ministry that helps many agencies: what each lets it see, and what it says to them."""
