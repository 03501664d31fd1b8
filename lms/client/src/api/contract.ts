/** The names the screens use for what the API says; the shapes are generated from its schema. */

import type { components, operations } from "./schema";

type Schemas = components["schemas"];

export type Activity = Schemas["Activity"];
export type Attempt = Schemas["Attempt"];
export type AttemptRow = Schemas["AttemptRow"];
export type Baseline = Schemas["Baseline"];
export type Block = Schemas["LessonBlock"];
export type CellExplanation = Schemas["Cell"];
export type Course = Schemas["Course"];
export type DataExercise = Schemas["Exercise"];
export type DutyRow = Schemas["DutyRow"];
export type Evidence = Schemas["Evidence"];
export type Finding = Schemas["Finding"];
export type Grade = Schemas["Grade"];
export type FoundCourse = Schemas["FoundCourse"];
export type Launch = Schemas["Launch"];
export type LearningRow = Schemas["LearningRow"];
export type Lesson = Schemas["Lesson"];
export type Matrix = Schemas["Matrix"];
export type FiscalYear = Schemas["FiscalYear"];
export type MatrixColumn = Schemas["MatrixColumn"];
export type MatrixGroup = Schemas["MatrixGroup"];
export type MatrixPerson = Schemas["MatrixPerson"];
export type MatrixSums = Schemas["MatrixSums"];
export type SavedView = Schemas["SavedView"];
export type UnitYear = Schemas["UnitYear"];
export type Me = Schemas["Me"];
export type MySkills = Schemas["MySkills"];
export type Problem = Schemas["Problem"];
export type Oversight = Schemas["Oversight"];
export type PlayerPlace = Schemas["PlayerPlace"];
export type Progress = Schemas["Progress"];
export type Project = Schemas["Project"];
export type Reason = Schemas["Reason"];
export type Review = Schemas["Review"];
export type ReviewComment = Schemas["Comment"];
export type ReviewState = Schemas["ReviewState"];
export type Certificate = Schemas["Certificate"];
export type RecordRow = Schemas["RecordRow"];
export type Verification = Schemas["Verification"];
export type RuleResult = Schemas["RuleResult"];
export type ScaleLevel = Schemas["ScaleStep"];
export type SkillRow = Schemas["SkillRow"];
export type Statement = Schemas["StatementIn"];
export type Suggestion = Schemas["Suggestion"];
export type TextPart = Schemas["TextPart"];
export type Titled = Schemas["Titled"];

export type CellQuery = NonNullable<operations["explainCell"]["parameters"]["query"]>;
export type MatrixQuery = NonNullable<operations["getSkillsMatrix"]["parameters"]["query"]>;
export type RowsQuery = NonNullable<operations["listSkillsMatrixRows"]["parameters"]["query"]>;
export type ReportQuery = NonNullable<operations["getSkillsFiscalYear"]["parameters"]["query"]>;
export type DutyQuery = NonNullable<operations["listDuties"]["parameters"]["query"]>;
export type NeedStatus = Reason["status"];
