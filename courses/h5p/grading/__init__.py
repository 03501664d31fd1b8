"""What a learner's response is worth, by the answer key that is part of the content. Pure.

A grader repeats what its content type's own program does in the browser, from the type's public
source on GitHub (h5p/h5p-…); each names the files. What no grader is listed for cannot be graded
here, and neither can a composite with such a part in it.
"""

from courses.h5p.grading.points import Answer, Points
from courses.h5p.grading.table import GRADERS, grade

__all__ = ["GRADERS", "Answer", "Points", "grade"]
