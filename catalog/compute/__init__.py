"""Where work runs: in this process, or in isolated local processes."""
