"""Creditline: a catalogue of published photos, their captions, their credits and their provenance."""

__version__ = "0.1.0"
