import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import { Icon } from "../components/Icon";
import { ASSESSMENTS } from "../features/assessment/addresses";
import { campaignsQuery } from "../features/assessment/queries";
import { NoticeBell } from "../features/notices/NoticeBell";
import { PROJECTS } from "../features/projects/addresses";
import { SearchBox } from "../features/search/SearchBox";
import { AccountMenu } from "./AccountMenu";
import { LanguageSwitch } from "./LanguageSwitch";
import { SUGGESTIONS_PAGE } from "../features/suggestions/addresses";
import { siteName } from "./site";
import { useMe } from "./useMe";

const TAB =
  "flex min-h-11 items-center border-b-4 px-1 whitespace-nowrap text-dns-16N-130 hover:underline hover:underline-offset-4 max-lg:border-b-0 max-lg:border-l-4 max-lg:px-3";
const CURRENT = "border-key-900 font-bold text-key-1000";
const OTHER = "border-transparent text-solid-gray-800 hover:border-solid-gray-420";

export function Header({ width }: { width: string }) {
  const { t } = useTranslation();
  // The menu belongs to the address it was opened on: following a link closes it.
  const { key } = useLocation();
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  const isOpen = openedOn === key;
  const { can } = useMe();

  return (
    <header className="border-b border-solid-gray-420 bg-white">
      <div className={`${width} flex flex-wrap items-center gap-x-3 lg:gap-x-6`}>
        <Link to="/" className="flex items-center gap-3 rounded-4 py-3 hover:underline">
          <Mark />
          <span className="text-std-18B-160 text-solid-gray-900 md:text-std-20B-150">
            {siteName}
          </span>
        </Link>
        {can.learn && <NoticeBell className="ml-auto" />}
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls="site-menu"
          onClick={() => setOpenedOn(isOpen ? null : key)}
          className={`${can.learn ? "" : "ml-auto"} flex flex-col items-center rounded-6 px-2 py-1 text-dns-14N-120 hover:bg-solid-gray-50 hover:underline lg:hidden`}
        >
          <Icon name={isOpen ? "close" : "menu"} />
          {isOpen ? t("common.close") : t("nav.menu")}
        </button>
        {can.learn && (
          <SearchBox className="max-lg:w-full max-lg:pb-3 lg:w-80" />
        )}
        <div
          id="site-menu"
          className={`${isOpen ? "flex" : "hidden"} w-full flex-col gap-4 pb-4 lg:contents`}
        >
          <div className={`flex flex-wrap items-center gap-x-6 gap-y-3 max-lg:order-last max-lg:border-t max-lg:border-solid-gray-200 max-lg:pt-4 ${can.learn ? "" : "lg:ml-auto"}`}>
            <LanguageSwitch />
            <AccountMenu />
          </div>
          <Navigation />
        </div>
      </div>
    </header>
  );
}

function Navigation() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { can, admin_url: adminUrl } = useMe();
  const { data: campaigns = [] } = useQuery({ ...campaignsQuery, enabled: can.learn });
  const pages = [
    { to: "/", title: t("nav.courses"), isShown: can.learn, holds: /^\/($|courses\/|paths)/ },
    { to: "/skills", title: t("nav.skills"), isShown: can.learn, holds: /^\/(skill|corrections|plan)/ },
    {
      to: can.learn && !can.run_projects ? SUGGESTIONS_PAGE : PROJECTS,
      title: t("board.title"),
      isShown: can.learn || can.run_projects || can.view_matrix,
      holds: /^\/(suggestions|projects|benefits|teams)/,
    },
    {
      to: ASSESSMENTS,
      title: t("assessment.title"),
      // Once a year: only while there is something to do or to look at.
      isShown: campaigns.some((row) => row.is_open) || pathname.startsWith(ASSESSMENTS),
      holds: /^\/assessments/,
    },
    {
      to: "/mentoring",
      title: t("nav.mentoring"),
      isShown: can.learn,
      holds: /^\/mentoring/,
    },
    { to: "/record", title: t("nav.record"), isShown: can.learn, holds: /^\/record/ },
    { to: "/team", title: t("nav.team"), isShown: can.oversee, holds: /^\/team(\/|$)/ },
    {
      to: "/coverage",
      title: t("nav.coverage"),
      isShown: can.view_matrix || can.oversee,
      holds: /^\/coverage/,
    },
    { to: "/matrix", title: t("nav.matrix"), isShown: can.view_matrix, holds: /^\/matrix/ },
  ];
  return (
    <nav aria-label={t("nav.main")} className="lg:w-full">
      <ul className="flex flex-col gap-x-6 gap-y-1 lg:flex-row lg:flex-wrap">
        {pages
          .filter((page) => page.isShown)
          .map(({ to, title, holds }) => (
            <li key={to}>
              <Link
                to={to}
                className={`${TAB} ${holds.test(pathname) ? CURRENT : OTHER}`}
                {...(holds.test(pathname) && { "aria-current": to === pathname ? "page" : true })}
              >
                {title}
              </Link>
            </li>
          ))}
        {can.use_admin && adminUrl !== null && (
          <li>
            <a href={adminUrl} className={`${TAB} ${OTHER}`}>
              {t("nav.admin")}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

/** Four rising steps: the levels the site is about. */
function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-8 shrink-0">
      <rect width="32" height="32" rx="6" className="fill-key-900" />
      <path d="M6 25v-5h4v5zm5.5 0v-9h4v9zm5.5 0V12h4v13zm5.5 0V7h4v18z" className="fill-white" />
    </svg>
  );
}
