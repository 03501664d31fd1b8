import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Icon } from "../../components/Icon";

export type ChainCount = {
  /** For tests and styles. */
  name: "courses" | "competencies" | "people" | "projects" | "hours";
  title: string;
  /** null = too few people to be told. */
  value: string | null;
  /** Where what is counted is listed. */
  to: string;
};

/** The chain in numbers, each leading to what it counts. */
export function ChainLinks({ label, counts }: { label: string; counts: ChainCount[] }) {
  const { t } = useTranslation();
  return (
    <ol aria-label={label} className="flex flex-col gap-2 lg:flex-row lg:items-stretch">
      {counts.map(({ name, title, value, to }, place) => (
        <li key={name} className="flex flex-1 flex-col items-center gap-2 lg:flex-row">
          {place > 0 && (
            <Icon name="chevronRight" className="size-6 text-solid-gray-600 max-lg:rotate-90" />
          )}
          <div
            data-chain={name}
            className="flex w-full flex-1 flex-col gap-1 self-stretch rounded-8 border border-solid-gray-420 p-4"
          >
            <p className="text-dns-14N-130 text-solid-gray-700">{title}</p>
            {value === null ? (
              <p className="text-solid-gray-700">{t("coverage.suppressed")}</p>
            ) : (
              <p className="text-std-22B-150 tabular-nums">
                <Link to={to} className="link" aria-label={t("chain.open", { title, value })}>
                  {value}
                </Link>
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
