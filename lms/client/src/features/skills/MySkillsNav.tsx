import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

const LINK =
  "flex min-h-11 items-center border-b-4 px-2 text-dns-16N-130 hover:underline hover:underline-offset-4";

/** The pages about my own skills. */
export function MySkillsNav() {
  const { t } = useTranslation();
  const pages = [
    { to: "/skills", title: t("mySkills.nav.now") },
    { to: "/skill-history", title: t("mySkills.nav.history") },
    { to: "/skill-looks", title: t("mySkills.nav.looks") },
    { to: "/corrections", title: t("correction.title") },
  ];
  return (
    <nav aria-label={t("mySkills.nav.label")}>
      <ul className="flex flex-wrap gap-x-4 border-b border-solid-gray-420">
        {pages.map(({ to, title }) => (
          <li key={to}>
            <NavLink
              to={to}
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
