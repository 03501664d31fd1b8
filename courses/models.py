"""Every model of the app, so that Django finds them; each lives in its applet."""

from courses.catalogue.models import Activity, ActivityVersion, Course, CourseVersion
from courses.h5p.models import (
    H5PContent,
    H5PContentFile,
    H5PFile,
    H5PLibrary,
    H5PLibraryDependency,
)

__all__ = [
    "Activity",
    "ActivityVersion",
    "Course",
    "CourseVersion",
    "H5PContent",
    "H5PContentFile",
    "H5PFile",
    "H5PLibrary",
    "H5PLibraryDependency",
]
