"""Entity models behind one protocol."""
