"""What we do: the officer's verbs, one module per noun. Functions take the open session and never commit."""
