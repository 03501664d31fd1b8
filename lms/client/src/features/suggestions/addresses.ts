export const SUGGESTIONS_PAGE = "/suggestions";
export const NEW_PROJECT = "/projects/new";

export const projectAddress = (key: string): string => `/projects/${encodeURIComponent(key)}`;

export const personSuggestionsAddress = (staffNumber: string): string =>
  `/people/${encodeURIComponent(staffNumber)}/suggestions`;
