"""Every model of the app, so that Django finds them; each lives in its applet."""

from courses.authoring.review.models import (
    CourseReviewTask,
    CourseSecondApprovalTask,
    ReviewLink,
)
from courses.authoring.translation.models import TranslatedText
from courses.catalogue.models import Activity, ActivityVersion, Course, CourseVersion
from courses.catalogue.search.models import SearchText
from courses.catalogue.translations import ActivityTranslation, TranslatedVersion
from courses.exercises.models import ExerciseContent, ExerciseFile
from courses.h5p.models import (
    H5PContent,
    H5PContentFile,
    H5PFile,
    H5PLibrary,
    H5PLibraryDependency,
)
from courses.paths.models import CoursePrerequisite, LearningPath, PathStep

__all__ = [
    "Activity",
    "ActivityTranslation",
    "ActivityVersion",
    "Course",
    "CoursePrerequisite",
    "CourseReviewTask",
    "CourseSecondApprovalTask",
    "CourseVersion",
    "ExerciseContent",
    "ExerciseFile",
    "H5PContent",
    "H5PContentFile",
    "H5PFile",
    "H5PLibrary",
    "H5PLibraryDependency",
    "LearningPath",
    "PathStep",
    "ReviewLink",
    "SearchText",
    "TranslatedText",
    "TranslatedVersion",
]
