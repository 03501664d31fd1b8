import { useTranslation } from "react-i18next";

import { ApiError } from "../../api/errors";
import { ErrorState } from "../../components/ErrorState";

/** Why a change was refused, in the server's words. */
export function Refusal({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (error === null) return null;
  return (
    <ErrorState
      error={error}
      title={t("projectPage.refused")}
      {...(error instanceof ApiError && { detail: error.message })}
    />
  );
}
