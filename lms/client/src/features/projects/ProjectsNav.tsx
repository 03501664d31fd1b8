import { useTranslation } from "react-i18next";

import { useMe } from "../../app/useMe";
import { PageTabs } from "../../components/PageTabs";
import { BENEFITS, CHAIN } from "../benefits/addresses";
import { SUGGESTIONS_PAGE } from "../suggestions/addresses";
import { TEAMS } from "../teams/addresses";
import { CATALOGUE, PROJECTS } from "./addresses";

/** The pages about projects: mine, all of them, and what they brought. */
export function ProjectsNav() {
  const { t } = useTranslation();
  const { can } = useMe();
  const pages = [
    { to: SUGGESTIONS_PAGE, title: t("board.nav.suggestions"), isShown: can.learn },
    { to: PROJECTS, title: t("board.nav.board") },
    { to: CATALOGUE, title: t("board.nav.catalogue") },
    { to: TEAMS, title: t("board.nav.teams"), isShown: can.run_projects },
    { to: BENEFITS, title: t("board.nav.benefits") },
    { to: CHAIN, title: t("board.nav.chain"), isShown: can.run_projects || can.view_matrix },
  ];
  return <PageTabs label={t("board.nav.label")} pages={pages} />;
}
