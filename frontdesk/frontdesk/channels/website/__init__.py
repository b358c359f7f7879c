"""The website: its socket (docs/architecture.md) and the documents a visitor can take away."""

from frontdesk.channels.website.door import Website

__all__ = ["Website"]
