import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { PathRow } from "../../api/contract";
import { Icon } from "../../components/Icon";
import { ProgressBar } from "../../components/ProgressBar";
import { TimeLeft } from "./TimeLeft";
import { pathAddress } from "./addresses";

/** A path in a list: what it is about, how far it is, and what comes next. */
export function PathCard({ row, level: Heading }: { row: PathRow; level: "h2" | "h3" }) {
  const { t } = useTranslation();
  const isDone = row.progress.done === row.progress.total;
  return (
    <li className="flex flex-col gap-3 rounded-12 border border-solid-gray-420 bg-white p-4 md:p-6">
      <Heading className="text-std-18B-160">
        <Link to={pathAddress(row.key)} className="link">
          {row.title}
        </Link>
      </Heading>
      <p className="line-clamp-2 text-solid-gray-700">{row.summary}</p>
      <ProgressBar progress={row.progress} label={t("progress.of", { title: row.title })} />
      {isDone ? (
        <p className="flex items-center gap-2 font-bold text-green-900">
          <Icon name="success" className="size-5" />
          {t("paths.done")}
        </p>
      ) : (
        <p className="text-dns-16N-130">
          {row.next !== null && (
            <span className="mr-4">{t("paths.nextIs", { title: row.next.title })}</span>
          )}
          <span className="text-solid-gray-700">
            <TimeLeft minutes={row.minutes_left} />
          </span>
        </p>
      )}
    </li>
  );
}
