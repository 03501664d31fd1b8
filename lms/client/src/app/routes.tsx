import { createBrowserRouter, Outlet, type RouteObject, ScrollRestoration } from "react-router";

import { CoursePage } from "../features/course/CoursePage";
import { LessonPage } from "../features/course/LessonPage";
import { HomePage } from "../features/home/HomePage";
import { LoginPage } from "../features/login/LoginPage";
import { FiscalYearPage } from "../features/matrix/FiscalYearPage";
import { MatrixCellPanel } from "../features/matrix/MatrixCellPanel";
import { MatrixPage } from "../features/matrix/MatrixPage";
import { RecordPage } from "../features/record/RecordPage";
import { VerifyPage } from "../features/record/VerifyPage";
import { ReviewCoursePage, ReviewLessonPage } from "../features/review/ReviewPages";
import { ReviewLayout } from "../features/review/ReviewLayout";
import { SearchPage } from "../features/search/SearchPage";
import { MySkillPanel } from "../features/skills/MySkillPanel";
import { SkillsPage } from "../features/skills/SkillsPage";
import { ProjectPage } from "../features/suggestions/ProjectPage";
import { SuggestionsPage } from "../features/suggestions/SuggestionsPage";
import { TeamPage } from "../features/team/TeamPage";
import { CrashPage } from "./CrashPage";
import { Layout } from "./Layout";
import { NotFoundPage } from "./NotFoundPage";
import { RequireLearner, RequireMatrix, RequireOverseer, RequireSession } from "./guards";
import { pageOf } from "./pageOf";

const learnerRoutes: RouteObject[] = [
  { index: true, element: <HomePage /> },
  { path: "courses/:key", element: <CoursePage /> },
  { path: "courses/:key/lessons/:lessonKey", element: <LessonPage /> },
  { path: "search", element: <SearchPage /> },
  {
    path: "skills",
    element: <SkillsPage />,
    children: [{ path: ":competencyKey", element: <MySkillPanel /> }],
  },
  { path: "suggestions", element: <SuggestionsPage /> },
  { path: "record", element: <RecordPage /> },
];

const matrixRoutes: RouteObject[] = [
  {
    path: "matrix",
    element: <MatrixPage />,
    children: [{ path: ":staffNumber/:competencyKey", element: <MatrixCellPanel /> }],
  },
  { path: "matrix/fiscal-year", element: <FiscalYearPage /> },
];

const routes: RouteObject[] = [
  {
    element: (
      <>
        <ScrollRestoration getKey={({ pathname }) => pageOf(pathname)} />
        <Outlet />
      </>
    ),
    errorElement: <CrashPage />,
    children: [
      { path: "login", element: <LoginPage /> },
      { path: "verify/:code", element: <VerifyPage /> },
      {
        path: "review/:token",
        element: <ReviewLayout />,
        children: [
          { index: true, element: <ReviewCoursePage /> },
          { path: "lessons/:lessonKey", element: <ReviewLessonPage /> },
        ],
      },
      {
        element: <RequireSession />,
        children: [
          {
            element: <Layout />,
            children: [
              { element: <RequireLearner />, children: learnerRoutes },
              { element: <RequireMatrix />, children: matrixRoutes },
              {
                element: <RequireOverseer />,
                children: [{ path: "team", element: <TeamPage /> }],
              },
              { path: "projects/:key", element: <ProjectPage /> },
              { path: "*", element: <NotFoundPage /> },
            ],
          },
        ],
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
