"""Tools of the durability benches: a tracer of system calls, a model of a disk, what a catalogue holds."""
