"""Sealing what only named people may read: age boxes, equal wraps, sealed files, keys from words.

Everything here is composed of age (X25519, ChaCha20-Poly1305), Argon2id and Ed25519 by maintained libraries. Nothing
here keeps, logs or prints anything. Who holds which key, and what follows from it: ``docs/explanation/complaints-
threats.md``.
"""
