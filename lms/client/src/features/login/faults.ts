import { LoginRefused } from "../../api/session";

const BY_CODE = {
  username_password_mismatch: "login.faults.mismatch",
  too_many_login_attempts: "login.faults.tooMany",
  account_inactive: "login.faults.inactive",
  http_429: "login.faults.tooMany",
  http_403: "login.faults.stale",
} as const;

/** The sentence that tells the person what to do about a refused sign-in. */
export function loginFaultKey(error: unknown) {
  if (!(error instanceof LoginRefused)) return "errors.offline" as const;
  const code = error.faults[0]?.code ?? "";
  return code in BY_CODE ? BY_CODE[code as keyof typeof BY_CODE] : ("login.faults.other" as const);
}
