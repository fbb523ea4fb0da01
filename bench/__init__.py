"""Speed, memory and endurance, measured against a floor or a peer in the same run; `python -m bench` runs all of it."""
