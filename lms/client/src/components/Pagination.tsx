import { useTranslation } from "react-i18next";

import { Button } from "./Button";

type Props = { page: number; pages: number; count: number; onPage: (page: number) => void };

export function Pagination({ page, pages, count, onPage }: Props) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("pagination.label")} className="flex flex-wrap items-center gap-3">
      <Button variant="outline" size="sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t("pagination.previous")}
      </Button>
      <p className="tabular-nums max-sm:order-last max-sm:w-full">{t("pagination.place", { page, pages, count })}</p>
      <Button variant="outline" size="sm" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {t("pagination.next")}
      </Button>
    </nav>
  );
}
