import { useParams } from "react-router";

import { NotFoundPage } from "../../app/NotFoundPage";
import { CourseView } from "../course/CoursePage";
import { LessonView } from "../course/LessonPage";
import { LessonComments } from "./CommentsBeside";
import { useReview } from "./context";

export function ReviewCoursePage() {
  return <CourseView course={useReview().course} />;
}

export function ReviewLessonPage() {
  const { course } = useReview();
  const { lessonKey } = useParams();
  const lesson = course.lessons.find(({ key }) => key === lessonKey);
  if (lesson === undefined) return <NotFoundPage />;
  return (
    <LessonView key={lesson.key} course={course} lesson={lesson} isEnrolled>
      <LessonComments lesson={lesson} />
    </LessonView>
  );
}
