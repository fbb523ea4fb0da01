"""Which pictures are the same: candidates from descriptors, verification by geometry and pixels, groups."""
