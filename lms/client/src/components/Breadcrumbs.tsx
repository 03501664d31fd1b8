import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Icon } from "./Icon";

export type Crumb = { title: string; to?: string };

type Props = {
  trail: Crumb[];
  /** Where the way begins; the home page, if nothing is said. */
  home?: Crumb | null | undefined;
};

export function Breadcrumbs({ trail, home }: Props) {
  const { t } = useTranslation();
  const start = home === undefined ? [{ title: t("nav.home"), to: "/" }] : home === null ? [] : [home];
  return (
    <nav aria-label={t("nav.breadcrumbs")} className="text-dns-16N-130">
      <ol className="flex flex-wrap items-center gap-x-1 gap-y-2">
        {[...start, ...trail].map((crumb, index) => (
          <li key={crumb.to ?? crumb.title} className="flex items-center gap-1">
            {index > 0 && <Icon name="chevronRight" className="size-4 text-solid-gray-536" />}
            {crumb.to === undefined ? (
              <span aria-current="page">{crumb.title}</span>
            ) : (
              <Link to={crumb.to} className="link">
                {crumb.title}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
