/** What every request to our own origin carries, and what a refusal turns into. */

import { currentLanguage } from "../i18n/language";
import { ApiError, isProblem } from "./errors";

export function csrfToken(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]*)/.exec(document.cookie);
  return decodeURIComponent(found?.[1] ?? "");
}

/** Headers of a request; safe methods need no CSRF token. */
export function headersFor(method: string): Record<string, string> {
  const headers: Record<string, string> = { "Accept-Language": currentLanguage() };
  if (!["GET", "HEAD"].includes(method)) headers["X-CSRFToken"] = csrfToken();
  return headers;
}

type SignedOutListener = () => void;
let onSignedOut: SignedOutListener = () => undefined;

/** Called whenever the server no longer knows who we are. */
export function listenForSignedOut(listener: SignedOutListener): void {
  onSignedOut = listener;
}

export async function refusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  return new ApiError(response.status, isProblem(body) ? body : null);
}

/**
 * A plain fetch for what is not JSON in, JSON out; its answer is the body, read to the end (an unread
 * one keeps the connection busy). Raises ApiError, or TypeError when offline.
 */
export async function request(url: string, init: RequestInit = {}): Promise<string> {
  const method = init.method ?? "GET";
  const response = await fetch(url, {
    ...init,
    credentials: "same-origin",
    headers: { ...headersFor(method), ...(init.headers as Record<string, string> | undefined) },
  });
  if (response.status === 401) onSignedOut();
  if (!response.ok) throw await refusal(response);
  return response.text();
}

export function announceSignedOut(): void {
  onSignedOut();
}
