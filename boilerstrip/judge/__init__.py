"""The judge gives every block its role, with a cause: rules first, then what surrounds a block."""
