"""A person says that a cell is wrong; HR answers."""
