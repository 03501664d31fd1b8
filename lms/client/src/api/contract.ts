/** What the API says, in the shape it says it. Levels are 0–4, scores are fractions 0–1. */

export type Titled = { key: string; title: string };
export type CourseLink = { key: string; title: string; minutes: number };
export type Page<Row> = {
  count: number;
  page: number;
  page_size: number;
  pages: number;
  results: Row[];
};
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: { place: string; code: string; detail: string }[];
};

export type Me = {
  user: { username: string; display_name: string };
  employee: null | {
    staff_number: string;
    name: string;
    kana: string;
    department: null | { key: string; title: string; path: string[] };
    tier: Titled | null;
    roles: Titled[];
  };
  can: { learn: boolean; view_matrix: boolean; use_admin: boolean };
  admin_url: string | null;
  language: string;
};

export type Progress = { done: number; total: number; fraction: number };

export type LearningRow = {
  course: { key: string; title: string; summary: string; minutes: number; iri: string };
  source: "assigned" | "chosen" | "eligible";
  is_mandatory: boolean;
  due_on: string | null;
  is_overdue: boolean;
  progress: Progress;
  started_at: string | null;
  completed_at: string | null;
  next_lesson_key: string | null;
};

export type Activity = {
  key: string;
  title: string;
  iri: string;
  is_graded: boolean;
  pass_mark: number | null;
  best_score: number | null;
  attempts: number;
  done: boolean;
};

export type Block = { id: string } & (
  | { type: "rich_text"; html: string }
  | { type: "image"; url: string; width: number; height: number; alt: string; caption: string }
  | {
      type: "video";
      url: string;
      content_type: string;
      captions_url: string | null;
      title: string;
      transcript: string;
    }
  | { type: "document"; url: string; title: string; size_bytes: number; extension: string }
  | { type: "callout"; tone: "tip" | "example" | "warning"; title: string; html: string }
  | { type: "h5p"; activity_key: string }
);

export type Lesson = {
  key: string;
  title: string;
  iri: string;
  done: boolean;
  blocks: Block[];
  activities: Activity[];
};

export type Enrolment = { source: string; enrolled_at: string; due_on: string | null };

export type Course = {
  key: string;
  title: string;
  summary: string;
  minutes: number;
  iri: string;
  measures: string[];
  awards: { competency: Titled; level: number }[];
  enrolment: Enrolment | null;
  is_mandatory: boolean;
  due_on: string | null;
  progress: Progress;
  completed_at: string | null;
  lessons: Lesson[];
};

export type Launch = {
  player_url: string;
  content_origin: string;
  iri: string;
  title: string;
  state_url: string;
  language: string;
};

export type ScaleLevel = { level: number; title: string; text: string };
export type Assurance = { value: number | string; title: string };
export type GroupedCompetency = Titled & { group: Titled | null };

export type SkillRow = {
  competency: GroupedCompetency & { framework: Titled };
  level: number | null;
  self_level: number | null;
  target: number | null;
  gap: number | null;
  since: string | null;
  expires_at: string | null;
  source: null | {
    kind: "course" | "assessment";
    title: string;
    date: string;
    assurance: Assurance;
  };
  closing_course: CourseLink | null;
};

export type MySkills = {
  as_of: string;
  framework_note: string;
  scale: ScaleLevel[];
  competencies: SkillRow[];
  summary: { targets: number; met: number; one_short: number; lacking: number };
};

export type MatrixCell = {
  c: number;
  level: number | null;
  target: number | null;
  gap: number | null;
  since: string | null;
  expires_at: string | null;
};

export type MatrixPerson = {
  staff_number: string;
  name: string;
  kana: string;
  department: Titled | null;
  tier: Titled | null;
  roles: Titled[];
  cells: MatrixCell[];
};

export type MatrixSummary = {
  c: number;
  assessed: number;
  at_target: number;
  with_target: number;
  mean_level: number | null;
};

export type Matrix = {
  as_of: string;
  count: number;
  page: number;
  page_size: number;
  pages: number;
  competencies: (GroupedCompetency & { framework_key: string })[];
  scale: ScaleLevel[];
  people: MatrixPerson[];
  summary: MatrixSummary[];
  filters: {
    departments: (Titled & { depth: number })[];
    tiers: Titled[];
    roles: Titled[];
    frameworks: Titled[];
  };
};

export type Evidence = {
  level: number;
  kind: string;
  kind_title: string;
  title: string;
  course_key: string | null;
  achieved_at: string;
  expires_at: string | null;
  assurance: Assurance;
  is_valid: boolean;
  is_winning: boolean;
  why: string;
  award: null | { level: number; valid_for_days: number | null; effective_from: string | null };
  scores: {
    activity_title: string;
    best_score: number | null;
    pass_mark: number | null;
    done_at: string | null;
  }[];
};

export type CellExplanation = {
  as_of: string;
  employee: { staff_number: string; name: string };
  competency: Titled & { framework: Titled & { version: string } };
  level: number | null;
  self_level: number | null;
  target: number | null;
  gap: number | null;
  since: string | null;
  expires_at: string | null;
  rule: { key: string; title: string; text: string };
  minimum_assurance: Assurance;
  targets: {
    level: number;
    tier: Titled | null;
    role: Titled | null;
    effective_from: string | null;
    effective_until: string | null;
    applies: boolean;
  }[];
  evidence: Evidence[];
  raise_by: (CourseLink & { level: number })[];
};

export type Baseline = {
  metric: string;
  unit: string;
  before: number | null;
  after: number | null;
  total: number | null;
  saving: number | null;
  saving_rate: number | null;
  note: string;
};

export type Project = Titled & {
  summary: string;
  measure: string;
  status: string;
  effort: string;
  lead_role: Titled | null;
  baseline: Baseline | null;
  needs: { competency: Titled; level: number; is_must: boolean }[];
};

export type NeedStatus = "met" | "one_short" | "lacking";

export type Reason = {
  competency: Titled;
  needed: number;
  level: number | null;
  is_must: boolean;
  status: NeedStatus;
  closing_course: CourseLink | null;
  text: string;
};

export type Suggestion = {
  project: Titled & {
    summary: string;
    measure: string;
    effort: string;
    baseline: Baseline | null;
  };
  score: number;
  rank: number;
  is_relevant: boolean;
  reasons: Reason[];
  counts: { met: number; one_short: number; lacking: number };
};
