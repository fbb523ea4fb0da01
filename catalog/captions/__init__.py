"""What a caption says, and in which language."""
