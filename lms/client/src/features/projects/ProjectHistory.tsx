import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { ProjectStep } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { projectAddress } from "./addresses";
import { STATUS_NAMES } from "./words";

/** Every step that was taken: who, when and why. The latest first. */
export function ProjectHistory({ steps }: { steps: ProjectStep[] }) {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  return (
    <section aria-labelledby="project-history" className="flex flex-col gap-4">
      <h2 id="project-history" className="text-std-22B-150">
        {t("projectHistory.title")}
      </h2>
      <ol className="flex flex-col border-l-4 border-solid-gray-300">
        {[...steps].reverse().map((row) => (
          <li key={`${row.made_at} ${row.step}`} className="flex flex-col gap-1 py-2 pl-4 text-dns-16N-130">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-bold">{row.title}</span>
              {row.from_status !== row.to_status && (
                <span className="text-solid-gray-700">
                  {t(STATUS_NAMES[row.from_status])} → {t(STATUS_NAMES[row.to_status])}
                </span>
              )}
              {row.is_undone && <Tag tone="neutral">{t("projectHistory.undone")}</Tag>}
            </p>
            <p className="text-solid-gray-700">
              <time dateTime={row.made_at}>{dateTime(row.made_at)}</time>{" "}
              {row.made_by === "" ? t("projectHistory.system") : row.made_by}
            </p>
            {row.step === "from_template" ? (
              <p>
                <Link to={projectAddress(row.reason)} className="link">
                  {t("projectHistory.template", { key: row.reason })}
                </Link>
              </p>
            ) : row.reason !== "" && (
              <p className="whitespace-pre-line">
                {t("projectHistory.reason")}
                {row.reason}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
