"""Builds the Flask app from settings; nothing else."""
