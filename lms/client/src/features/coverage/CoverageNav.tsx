import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import { useMe } from "../../app/useMe";

const LINK =
  "flex min-h-11 items-center border-b-4 px-2 text-dns-16N-130 hover:underline hover:underline-offset-4";

/** The three pages of the coverage. */
export function CoverageNav() {
  const { t } = useTranslation();
  const { can } = useMe();
  const pages = [
    { to: "/coverage", title: t("coverage.nav.overview"), isShown: true },
    { to: "/coverage/what-if", title: t("coverage.nav.whatIf"), isShown: can.view_matrix },
    { to: "/coverage/expiring", title: t("coverage.nav.expiring"), isShown: true },
  ];
  return (
    <nav aria-label={t("coverage.nav.label")}>
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
