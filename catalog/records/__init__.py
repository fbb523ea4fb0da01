"""Frozen values that every room may hold; standard library only, no input or output."""
