export const SUGGESTIONS_PAGE = "/suggestions";
export const NEW_PROJECT = "/projects/new";

export { projectAddress } from "../projects/addresses";

export const personSuggestionsAddress = (staffNumber: string): string =>
  `/people/${encodeURIComponent(staffNumber)}/suggestions`;
