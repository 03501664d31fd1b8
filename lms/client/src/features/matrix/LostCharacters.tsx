import type { UseQueryResult } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import type { Unwritable } from "../../api/contract";
import { ErrorState } from "../../components/ErrorState";
import { Loading } from "../../components/Skeleton";

const HEADS = [
  "matrix.download.heads.person",
  "matrix.download.heads.column",
  "matrix.download.heads.character",
  "matrix.download.heads.replacement",
] as const;

const COLUMNS = {
  staff_number: "matrix.download.columns.staff_number",
  name: "matrix.download.columns.name",
  kana: "matrix.download.columns.kana",
  department: "matrix.download.columns.department",
  tier: "matrix.download.columns.tier",
  roles: "matrix.download.columns.roles",
  competency: "matrix.download.columns.competency",
} as const;

/** Whose texts an old encoding cannot hold, and what is written instead. */
export function LostCharacters({ found }: { found: UseQueryResult<Unwritable> }) {
  const { t } = useTranslation();
  const id = useId();
  if (found.isError) {
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data === undefined) return <Loading rows={2} />;
  const texts = found.data.texts;
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <h3 id={id} className="text-std-17B-170">
        {t("matrix.download.lost")}
      </h3>
      <p role="status">
        {texts.length === 0
          ? t("matrix.download.nothingLost")
          : t("matrix.download.lostCount", { count: texts.length })}
      </p>
      {texts.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
        <div className="max-h-64 overflow-auto border border-solid-gray-420" tabIndex={0} role="group" aria-labelledby={id}>
          <table className="w-full text-dns-14N-130">
            <thead className="sticky top-0 bg-solid-gray-50">
              <tr>
                {HEADS.map((head) => (
                  <th key={head} scope="col" className="px-2 py-2 text-left">
                    {t(head)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {texts.flatMap((text, place) =>
                text.characters.map((lost) => (
                  <tr key={`${place}-${lost.code}`} className="border-t border-solid-gray-200">
                    <th scope="row" className="px-2 py-1 text-left font-normal">
                      {text.staff_number === "" ? text.text : `${text.staff_number} ${text.name}`}
                    </th>
                    <td className="px-2 py-1">{t(COLUMNS[text.column])}</td>
                    <td className="px-2 py-1">
                      {t("matrix.download.character", { character: lost.character, code: lost.code })}
                    </td>
                    <td className="px-2 py-1">
                      {lost.replacement === "" ? t("matrix.download.leftOut") : lost.replacement}
                    </td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
