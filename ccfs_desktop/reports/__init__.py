"""What we print: one module per document, each with ``render(data) -> bytes``."""
