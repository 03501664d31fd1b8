"""System checks of the package, gathered so that `ready()` imports one module."""

from courses.h5p import checks as h5p_checks

__all__ = ["h5p_checks"]
