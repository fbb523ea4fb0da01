"""One journey a file: the only room that knows the order of the stages."""
