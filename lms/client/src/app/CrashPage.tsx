import { useTranslation } from "react-i18next";

import { Button } from "../components/Button";
import { PageHeading } from "../components/PageHeading";

/** The program itself failed; a fresh start is all that is left. */
export function CrashPage() {
  const { t } = useTranslation();
  return (
    <main className="mx-auto flex max-w-2xl flex-col items-start gap-6 px-4 py-16">
      <PageHeading title={t("crash.title")} />
      <p>{t("crash.text")}</p>
      <Button onClick={() => window.location.reload()}>{t("crash.reload")}</Button>
    </main>
  );
}
