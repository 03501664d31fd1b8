/** Where the pages about projects are. */

export const PROJECTS = "/projects";
export const CATALOGUE = `${PROJECTS}/catalogue`;

export const projectAddress = (key: string) => `${PROJECTS}/${encodeURIComponent(key)}`;
export const projectEditAddress = (key: string) => `${projectAddress(key)}/edit`;
export const projectChainAddress = (key: string) => `${projectAddress(key)}/chain`;
