"""Shared by both environments; nothing of either is imported here."""
