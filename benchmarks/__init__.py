"""Figures about the program beside its peers, and proofs that nothing is lost; ``python -m benchmarks`` prints them."""
