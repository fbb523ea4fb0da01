"""What the pages of the gallery show, as values: each record is the whole content of one page or of one part of it."""
