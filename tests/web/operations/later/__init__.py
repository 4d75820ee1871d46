"""An app that only a later program has, so that an upgrade has something to do."""
