"""An installation for many agencies: who runs it, the official list of codes, agencies made from it."""
