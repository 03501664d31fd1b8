/** The address somebody asked for before we asked who they are. */

const OURS = /^\/($|\?|(courses|projects)\/|(skills|matrix|notices)(\/|\?|$)|(suggestions|record|search|team)(\?|$))/;

export function loginAddress(wanted: string): string {
  return wanted === "/" ? "/login" : `/login?next=${encodeURIComponent(wanted)}`;
}

/** Where to go after signing in; never to another site. */
export function wantedAddress(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? "/";
  return /^\/(?![/\\])/.test(next) ? next : "/";
}

/** false: the page is Django's (the editing screens), so the browser itself must go there. */
export function isClientAddress(address: string): boolean {
  return OURS.test(address);
}
