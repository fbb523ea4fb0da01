"""Reduced forms of a picture, one algorithm a file; nothing here knows another picture."""
