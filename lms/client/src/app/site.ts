/** The office's name for this site: the server's page carries it as its title. */
export const siteName = document.title === "" ? "DX Academy" : document.title;
