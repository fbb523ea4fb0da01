"""Say which photo was made from which, why, and where stories and pictures disagree."""

# Raise it whenever the same photos may lead to another chain; every stored chain carries it.
CHAINS_VERSION = 1
