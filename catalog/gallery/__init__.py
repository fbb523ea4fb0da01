"""The gallery: one module a page, its templates, and the doors that every answer goes through."""

from catalog.gallery.application import create_app

__all__ = ["create_app"]
