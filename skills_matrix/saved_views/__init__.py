"""Ways of looking at the matrix that people keep under a name: addresses, nothing of anybody."""
