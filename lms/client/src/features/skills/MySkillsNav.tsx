import { useTranslation } from "react-i18next";

import { PageTabs } from "../../components/PageTabs";

/** The pages about my own skills. */
export function MySkillsNav() {
  const { t } = useTranslation();
  const pages = [
    { to: "/skills", title: t("mySkills.nav.now") },
    { to: "/skill-history", title: t("mySkills.nav.history") },
    { to: "/skill-looks", title: t("mySkills.nav.looks") },
    { to: "/corrections", title: t("correction.title") },
  ];
  return <PageTabs label={t("mySkills.nav.label")} pages={pages} holdsBelow />;
}
