import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import { useMe } from "../../app/useMe";
import { BENEFITS, CHAIN } from "../benefits/addresses";
import { SUGGESTIONS_PAGE } from "../suggestions/addresses";
import { TEAMS } from "../teams/addresses";
import { CATALOGUE, PROJECTS } from "./addresses";

const LINK =
  "flex min-h-11 items-center border-b-4 px-2 text-dns-16N-130 hover:underline hover:underline-offset-4";

/** The pages about projects: mine, all of them, and what they brought. */
export function ProjectsNav() {
  const { t } = useTranslation();
  const { can } = useMe();
  const pages = [
    { to: SUGGESTIONS_PAGE, title: t("board.nav.suggestions"), isShown: can.learn },
    { to: PROJECTS, title: t("board.nav.board"), isShown: true },
    { to: CATALOGUE, title: t("board.nav.catalogue"), isShown: true },
    { to: TEAMS, title: t("board.nav.teams"), isShown: can.run_projects },
    { to: BENEFITS, title: t("board.nav.benefits"), isShown: true },
    { to: CHAIN, title: t("board.nav.chain"), isShown: can.run_projects || can.view_matrix },
  ];
  return (
    <nav aria-label={t("board.nav.label")}>
      <ul className="flex flex-wrap gap-x-4 border-b border-solid-gray-420">
        {pages
          .filter((page) => page.isShown)
          .map(({ to, title }) => (
            <li key={to}>
              <NavLink
                to={to}
                end
                className={({ isActive }) =>
                  `${LINK} ${isActive ? "border-key-900 font-bold text-key-1000" : "border-transparent text-solid-gray-800"}`
                }
              >
                {title}
              </NavLink>
            </li>
          ))}
      </ul>
    </nav>
  );
}
