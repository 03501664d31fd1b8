import { useTranslation } from "react-i18next";

import { buttonClasses } from "../components/Button";
import { PageHeading } from "../components/PageHeading";
import { useMe } from "./useMe";

/** An account without an employee record: an outside author, for example. */
export function NotALearnerPage() {
  const { t } = useTranslation();
  const { admin_url: adminUrl } = useMe();
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeading title={t("notALearner.title")} />
      <p>{t("notALearner.text")}</p>
      {adminUrl !== null && (
        <p>
          <a href={adminUrl} className={buttonClasses({})}>
            {t("notALearner.admin")}
          </a>
        </p>
      )}
    </div>
  );
}
