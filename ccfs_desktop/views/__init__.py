"""What the user sees: one module per screen. All Qt lives here and in ``app``."""
