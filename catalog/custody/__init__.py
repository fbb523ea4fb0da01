"""Whether what is kept is still what was kept: the ledger's chain and the originals' fixity."""
