import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import { useMe } from "../../app/useMe";
import { MENTORING, MENTORING_OFFICE } from "./queries";

const LINK =
  "flex min-h-11 items-center border-b-4 px-2 text-dns-16N-130 hover:underline hover:underline-offset-4";

/** One's own mentoring, and for the DX office that of everybody. */
export function MentoringNav() {
  const { t } = useTranslation();
  const { can } = useMe();
  if (!can.run_projects || !can.learn) return null;
  return (
    <nav aria-label={t("mentoring.nav.label")}>
      <ul className="flex flex-wrap gap-x-4 border-b border-solid-gray-420">
        {[
          { to: MENTORING, title: t("mentoring.nav.mine") },
          { to: MENTORING_OFFICE, title: t("mentoring.nav.office") },
        ].map(({ to, title }) => (
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
