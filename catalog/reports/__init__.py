"""The duplicate report, one format a file. The list of formats is `writers.py`."""
