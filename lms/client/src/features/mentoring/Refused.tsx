import { useTranslation } from "react-i18next";

import { ApiError } from "../../api/errors";
import { ErrorState } from "../../components/ErrorState";

/** Why it could not be done, in the server's words where it has some. */
export function Refused({ error }: { error: Error }) {
  const { t } = useTranslation();
  return (
    <ErrorState
      error={error}
      title={t("mentoring.refused")}
      {...(error instanceof ApiError && { detail: error.message })}
    />
  );
}
