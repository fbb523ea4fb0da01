"""What the rest of the house may know of the store: its promises, one protocol a file."""
