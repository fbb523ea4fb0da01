"""What a credit line says: its grammar, and the well-known sources that it may name."""

# Raise it whenever a line may be read otherwise; every stored reading carries it.
CREDITS_VERSION = 14
