import { useTranslation } from "react-i18next";

import { useMe } from "../../app/useMe";
import { PageTabs } from "../../components/PageTabs";

/** The three pages of the coverage. */
export function CoverageNav() {
  const { t } = useTranslation();
  const { can } = useMe();
  const pages = [
    { to: "/coverage", title: t("coverage.nav.overview") },
    { to: "/coverage/what-if", title: t("coverage.nav.whatIf"), isShown: can.view_matrix },
    { to: "/coverage/expiring", title: t("coverage.nav.expiring") },
  ];
  return <PageTabs label={t("coverage.nav.label")} pages={pages} />;
}
