"""The matrix as a file, whatever the format."""
