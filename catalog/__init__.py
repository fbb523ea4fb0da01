"""Creditline: a catalogue of published photos, their captions, their credits and their provenance."""

import os

# The matrices here are small: with a thread of BLAS for every core, two cores that had other work took 1.3 s of processor time to
# draw a chain, and one thread 0.2 s. Work that is large enough runs in processes of its own (compute/). Must stand before numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
