"""What every page is made of: base page, components, form fields, tokens, template tags. It knows no app."""
