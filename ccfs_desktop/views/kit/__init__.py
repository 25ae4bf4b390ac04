"""The tools every screen is made of."""
