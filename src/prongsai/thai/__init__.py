"""Thai as officials write it: digits, text, dates, names, units, agencies, places, phones, holidays."""
