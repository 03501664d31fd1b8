/** The names of what the API says by a code. */

import type {
  FigurePhase,
  JoinablePerson,
  ProjectCard,
  ProjectMember,
  ProjectStatus,
} from "../../api/contract";

export const STATUS_NAMES = {
  template: "project.status.template",
  proposed: "project.status.proposed",
  assessed: "project.status.assessed",
  approved: "project.status.approved",
  running: "project.status.running",
  measured: "project.status.measured",
  closed: "project.status.closed",
} as const satisfies Record<ProjectStatus, string>;

type Who = NonNullable<ProjectCard["waits_for"]>["who"][number];

export const WHO_NAMES = {
  office: "board.who.office",
  head: "board.who.head",
  proposer: "board.who.proposer",
  lead: "board.who.lead",
} as const satisfies Record<Who, string>;

export const PART_NAMES = {
  lead: "projectTeam.parts.lead",
  member: "projectTeam.parts.member",
  learner: "projectTeam.parts.learner",
  mentor: "projectTeam.parts.mentor",
} as const satisfies Record<ProjectMember["part"], string>;

export const postingOf = ({ department, tier }: Pick<JoinablePerson, "department" | "tier">) =>
  `${department.title} ${tier.title}`;

export const PHASE_NAMES = {
  before: "figures.phases.before",
  forecast: "figures.phases.forecast",
  measured: "figures.phases.measured",
  measured_3m: "figures.phases.measured_3m",
  measured_12m: "figures.phases.measured_12m",
} as const satisfies Record<FigurePhase, string>;
