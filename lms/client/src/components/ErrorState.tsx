import { useTranslation } from "react-i18next";

import { statusOf } from "../api/errors";
import { Banner } from "./Banner";
import { Button } from "./Button";

type Props = { error?: unknown; title?: string; detail?: string; onRetry?: () => void };

/** What went wrong, in words, and the way to try again. */
export function ErrorState({ error, title, detail, onRetry }: Props) {
  const { t } = useTranslation();
  return (
    <Banner tone="error" title={title ?? t("errors.title")} isAlert>
      <p>{detail ?? t(explanation(statusOf(error)))}</p>
      {onRetry && (
        <Button variant="outline" size="sm" onClick={onRetry}>
          {t("errors.retry")}
        </Button>
      )}
    </Banner>
  );
}

function explanation(status: number | null) {
  if (status === null) return "errors.offline";
  if (status === 403) return "errors.forbidden";
  if (status === 404) return "errors.notFound";
  return status >= 500 ? "errors.server" : "errors.refused";
}
