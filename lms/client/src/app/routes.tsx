import { createBrowserRouter, Outlet, type RouteObject, ScrollRestoration } from "react-router";

import { AssessmentsPage } from "../features/assessment/AssessmentsPage";
import { CalibrationPage } from "../features/assessment/CalibrationPage";
import { CorrectionsPage } from "../features/assessment/CorrectionsPage";
import { HeadAssessmentPage, SelfAssessmentPage } from "../features/assessment/FormPage";
import { TeamAssessmentPage } from "../features/assessment/TeamAssessmentPage";
import { BenefitsPage } from "../features/benefits/BenefitsPage";
import { ChainListsPage } from "../features/benefits/ChainListsPage";
import { ChainYearsPage } from "../features/benefits/ChainYearsPage";
import { EntriesPage } from "../features/benefits/EntriesPage";
import { ProjectChainPage } from "../features/benefits/ProjectChainPage";
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
import { MentoringOfficePage } from "../features/mentoring/MentoringOfficePage";
import { MentoringPage } from "../features/mentoring/MentoringPage";
import { NoticeSettingsPage } from "../features/notices/NoticeSettingsPage";
import { NoticesPage } from "../features/notices/NoticesPage";
import { PathPage } from "../features/paths/PathPage";
import { PathsPage } from "../features/paths/PathsPage";
import { BoardPage } from "../features/projects/BoardPage";
import { CataloguePage } from "../features/projects/CataloguePage";
import { ProjectEditPage } from "../features/projects/ProjectEditPage";
import { ProjectPage } from "../features/projects/ProjectPage";
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
import { PlanPage } from "../features/plan/PlanPage";
import { PersonSuggestionsPage } from "../features/suggestions/PersonSuggestionsPage";
import { SuggestionsPage } from "../features/suggestions/SuggestionsPage";
import { TeamPage } from "../features/team/TeamPage";
import { ComparePage } from "../features/teams/ComparePage";
import { ComposePage } from "../features/teams/ComposePage";
import { CompositionPage } from "../features/teams/CompositionPage";
import { TeamsPage } from "../features/teams/TeamsPage";
import { CrashPage } from "./CrashPage";
import { Layout } from "./Layout";
import { NotFoundPage } from "./NotFoundPage";
import {
  RequireCoverage,
  RequireDxOffice,
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
  { path: "plan", element: <PlanPage /> },
  { path: "suggestions", element: <SuggestionsPage /> },
  { path: "projects/new", element: <ProposalPage /> },
  { path: "assessments", element: <AssessmentsPage /> },
  { path: "assessments/:campaignKey/self", element: <SelfAssessmentPage /> },
  { path: "assessments/:campaignKey/team", element: <TeamAssessmentPage /> },
  { path: "assessments/:campaignKey/team/:staffNumber", element: <HeadAssessmentPage /> },
  { path: "assessments/:campaignKey/calibration", element: <CalibrationPage /> },
  { path: "corrections", element: <CorrectionsPage /> },
  { path: "mentoring", element: <MentoringPage /> },
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

// Everybody sees what the office agreed on; the API leaves out what is not for the reader.
const projectRoutes: RouteObject[] = [
  { path: "projects", element: <BoardPage /> },
  { path: "projects/catalogue", element: <CataloguePage /> },
  { path: "projects/:key", element: <ProjectPage /> },
  { path: "projects/:key/edit", element: <ProjectEditPage /> },
  { path: "projects/:key/chain", element: <ProjectChainPage /> },
  { path: "benefits", element: <BenefitsPage /> },
  { path: "benefits/entries", element: <EntriesPage /> },
  { path: "benefits/chain", element: <ChainYearsPage /> },
  { path: "benefits/chain/:year", element: <ChainListsPage /> },
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
                  { path: "people/:staffNumber/plan", element: <PlanPage /> },
                  { path: "coverage/:kind/:unitKey", element: <UnitPage /> },
                ],
              },
              {
                element: <RequireOverseer />,
                children: [{ path: "team", element: <TeamPage /> }],
              },
              ...projectRoutes,
              {
                element: <RequireDxOffice />,
                children: [
                  { path: "teams", element: <TeamsPage /> },
                  { path: "teams/new", element: <ComposePage /> },
                  { path: "teams/compare", element: <ComparePage /> },
                  { path: "teams/:uuid", element: <CompositionPage /> },
                  { path: "mentoring/office", element: <MentoringOfficePage /> },
                ],
              },
              { path: "*", element: <NotFoundPage /> },
            ],
          },
        ],
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
