"""What every printed document is made of."""
