import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { Banner } from "../../components/Banner";
import { Button } from "../../components/Button";
import { statementQueue } from "./statementQueue";

/** Says so when what the learner did has not reached the server, and offers to send it again. */
export function SendingBanner() {
  const { t } = useTranslation();
  const { waiting, isKept, isFailing, refusal } = useSyncExternalStore(
    statementQueue.subscribe,
    statementQueue.status,
  );

  const isStuck = isFailing && waiting > 0;

  useEffect(() => {
    const send = () => void statementQueue.send();
    window.addEventListener("online", send);
    window.addEventListener("pagehide", send);
    return () => {
      window.removeEventListener("online", send);
      window.removeEventListener("pagehide", send);
    };
  }, []);

  useEffect(() => {
    if (!isStuck || isKept) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isStuck, isKept]);

  if (isStuck) {
    return (
      <Banner tone="warning" title={t("sending.failed")} isAlert>
        <p>{t(isKept ? "sending.kept" : "sending.onPage", { count: waiting })}</p>
        <Button variant="outline" size="sm" onClick={() => void statementQueue.send()}>
          {t("sending.again")}
        </Button>
      </Banner>
    );
  }
  if (refusal !== null) {
    return (
      <Banner tone="error" title={t("sending.refused")} isAlert>
        <p>{refusal}</p>
      </Banner>
    );
  }
  return null;
}
