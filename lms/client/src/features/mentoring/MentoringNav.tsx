import { useTranslation } from "react-i18next";

import { useMe } from "../../app/useMe";
import { PageTabs } from "../../components/PageTabs";
import { MENTORING, MENTORING_OFFICE } from "./queries";

/** One's own mentoring, and for the DX office that of everybody. */
export function MentoringNav() {
  const { t } = useTranslation();
  const { can } = useMe();
  if (!can.run_projects || !can.learn) return null;
  const pages = [
    { to: MENTORING, title: t("mentoring.nav.mine") },
    { to: MENTORING_OFFICE, title: t("mentoring.nav.office") },
  ];
  return <PageTabs label={t("mentoring.nav.label")} pages={pages} />;
}
