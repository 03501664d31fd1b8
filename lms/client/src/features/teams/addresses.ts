export const TEAMS = "/teams";

export const compositionAddress = (uuid: string): string => `${TEAMS}/${uuid}`;

/** For one project, or for all open ones. */
export const composeAddress = (project?: string): string =>
  project === undefined ? `${TEAMS}/new` : `${TEAMS}/new?project=${encodeURIComponent(project)}`;

export const compareAddress = (first: string, second: string): string =>
  `${TEAMS}/compare?a=${first}&b=${second}`;
