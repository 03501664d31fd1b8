import { useTranslation } from "react-i18next";

/** Grey where text will be. The words for those who do not see it come once, from Loading. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden="true" className={`skeleton ${className}`} />;
}

/** A page or list that is on its way. */
export function Loading({ rows = 3 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="sr-only">
        {t("common.loading")}
      </p>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} className="h-28" />
      ))}
    </div>
  );
}
