import { createBrowserRouter, Outlet, type RouteObject, ScrollRestoration } from "react-router";

import { AssessmentsPage } from "../features/assessment/AssessmentsPage";
import { CalibrationPage } from "../features/assessment/CalibrationPage";
import { CorrectionsPage } from "../features/assessment/CorrectionsPage";
import { HeadAssessmentPage, SelfAssessmentPage } from "../features/assessment/FormPage";
import { TeamAssessmentPage } from "../features/assessment/TeamAssessmentPage";
import { CoursePage } from "../features/course/CoursePage";
import { LessonPage } from "../features/course/LessonPage";
import { CoveragePage } from "../features/coverage/CoveragePage";
import { ExpiringPage } from "../features/coverage/ExpiringPage";
import { UnitPage } from "../features/coverage/UnitPage";
import { WhatIfPage } from "../features/coverage/WhatIfPage";
import { HomePage } from "../features/home/HomePage";
import { LoginPage } from "../features/login/LoginPage";
import { FiscalYearPage } from "../features/matrix/FiscalYearPage";
import { MatrixCellPanel } from "../features/matrix/MatrixCellPanel";
import { MatrixPage } from "../features/matrix/MatrixPage";
import { NoticeSettingsPage } from "../features/notices/NoticeSettingsPage";
import { NoticesPage } from "../features/notices/NoticesPage";
import { PathPage } from "../features/paths/PathPage";
import { PathsPage } from "../features/paths/PathsPage";
import { ProposalPage } from "../features/proposal/ProposalPage";
import { RecordPage } from "../features/record/RecordPage";
import { VerifyPage } from "../features/record/VerifyPage";
import { ReviewCoursePage, ReviewLessonPage } from "../features/review/ReviewPages";
import { ReviewLayout } from "../features/review/ReviewLayout";
import { SearchPage } from "../features/search/SearchPage";
import { LooksPage } from "../features/skills/LooksPage";
import { MySkillPanel } from "../features/skills/MySkillPanel";
import { SkillHistoryPage } from "../features/skills/SkillHistoryPage";
import { SkillsPage } from "../features/skills/SkillsPage";
import { ProjectPage } from "../features/suggestions/ProjectPage";
import { PersonSuggestionsPage } from "../features/suggestions/PersonSuggestionsPage";
import { SuggestionsPage } from "../features/suggestions/SuggestionsPage";
import { TeamPage } from "../features/team/TeamPage";
import { CrashPage } from "./CrashPage";
import { Layout } from "./Layout";
import { NotFoundPage } from "./NotFoundPage";
import {
  RequireCoverage,
  RequireLearner,
  RequireMatrix,
  RequireOverseer,
  RequireSession,
} from "./guards";
import { pageOf } from "./pageOf";

const learnerRoutes: RouteObject[] = [
  { index: true, element: <HomePage /> },
  { path: "courses/:key", element: <CoursePage /> },
  { path: "courses/:key/lessons/:lessonKey", element: <LessonPage /> },
  { path: "paths", element: <PathsPage /> },
  { path: "paths/:key", element: <PathPage /> },
  { path: "search", element: <SearchPage /> },
  {
    path: "skills",
    element: <SkillsPage />,
    children: [{ path: ":competencyKey", element: <MySkillPanel /> }],
  },
  { path: "skill-history", element: <SkillHistoryPage /> },
  { path: "skill-looks", element: <LooksPage /> },
  { path: "suggestions", element: <SuggestionsPage /> },
  { path: "projects/new", element: <ProposalPage /> },
  { path: "assessments", element: <AssessmentsPage /> },
  { path: "assessments/:campaignKey/self", element: <SelfAssessmentPage /> },
  { path: "assessments/:campaignKey/team", element: <TeamAssessmentPage /> },
  { path: "assessments/:campaignKey/team/:staffNumber", element: <HeadAssessmentPage /> },
  { path: "assessments/:campaignKey/calibration", element: <CalibrationPage /> },
  { path: "corrections", element: <CorrectionsPage /> },
  { path: "record", element: <RecordPage /> },
  { path: "notices", element: <NoticesPage /> },
  { path: "notices/settings", element: <NoticeSettingsPage /> },
];

const matrixRoutes: RouteObject[] = [
  {
    path: "matrix",
    element: <MatrixPage />,
    children: [{ path: ":staffNumber/:competencyKey", element: <MatrixCellPanel /> }],
  },
  { path: "coverage/what-if", element: <WhatIfPage /> },
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
                element: <RequireCoverage />,
                children: [
                  { path: "coverage", element: <CoveragePage /> },
                  { path: "coverage/expiring", element: <ExpiringPage /> },
                  { path: "people/:staffNumber/suggestions", element: <PersonSuggestionsPage /> },
                  { path: "coverage/:kind/:unitKey", element: <UnitPage /> },
                ],
              },
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
