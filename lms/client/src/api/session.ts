/** Signing in and out, by the headless interface of django-allauth. */

import { headersFor } from "./http";

const BASE = "/_allauth/browser/v1/auth";

export type LoginFault = { code: string; message: string; param: string | null };

/** The sign-in was refused; `faults` is never empty. */
export class LoginRefused extends Error {
  readonly faults: LoginFault[];

  constructor(faults: LoginFault[]) {
    super(faults.map((fault) => fault.message).join(" "));
    this.name = "LoginRefused";
    this.faults = faults;
  }
}

type Refusal = { errors?: { code?: string; message?: string; param?: string }[] };

export async function signIn(username: string, password: string): Promise<void> {
  const response = await fetch(`${BASE}/login`, {
    method: "POST",
    credentials: "same-origin",
    headers: { ...headersFor("POST"), "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  const body = (await response.json().catch(() => ({}))) as Refusal;
  // 409: this browser is signed in already, which is what was asked for.
  if (response.ok || response.status === 409) return;
  const faults = (body.errors ?? []).map((error) => ({
    code: error.code ?? "",
    message: error.message ?? "",
    param: error.param ?? null,
  }));
  throw new LoginRefused(
    faults.length > 0 ? faults : [{ code: `http_${response.status}`, message: "", param: null }],
  );
}

/** The server answers 401 when it has signed us out: nobody is signed in any more. */
export async function signOut(): Promise<void> {
  const response = await fetch(`${BASE}/session`, {
    method: "DELETE",
    credentials: "same-origin",
    headers: headersFor("DELETE"),
  });
  await response.text();
  if (!response.ok && response.status !== 401) throw new Error(`HTTP ${response.status}`);
}
