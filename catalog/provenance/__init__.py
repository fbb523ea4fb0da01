"""Say which photo was made from which, why, and where stories and pictures disagree."""

# Of everything a chain follows from in this room: quantities, weights, rules, sentences. Another number makes every chain anew.
CHAINS_VERSION = 21
