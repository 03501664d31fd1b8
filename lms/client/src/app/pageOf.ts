/** A panel over a page has its own address but is no other page. */
export function pageOf(pathname: string): string {
  return /^\/(matrix|skills)(?=\/|$)/.exec(pathname)?.[0] ?? pathname;
}
