import { useTranslation } from "react-i18next";

import type { DataExercise } from "../../api/contract";
import { Tag } from "../../components/Tag";

/** What the file is graded by, each rule with its reason; folded away until it is asked for. */
export function RuleList({ rules }: { rules: DataExercise["rules"] }) {
  const { t } = useTranslation();
  return (
    <details className="rounded-8 border border-solid-gray-420">
      <summary className="cursor-pointer px-4 py-3 font-bold">
        {t("exercise.rules", { count: rules.length })}
      </summary>
      <div className="flex flex-col gap-4 border-t border-solid-gray-200 p-4">
        {rules.some((rule) => rule.is_critical) && <p>{t("exercise.criticalHelp")}</p>}
        <dl className="flex flex-col gap-4">
          {rules.map((rule) => (
            <div key={rule.code}>
              <dt className="flex flex-wrap items-center gap-2 font-bold">
                {rule.title}
                {rule.is_critical && <Tag tone="key">{t("exercise.critical")}</Tag>}
              </dt>
              <dd className="mt-1 text-solid-gray-800">{rule.why}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}

const TYPES = {
  text: "exercise.types.text",
  address: "exercise.types.address",
  integer: "exercise.types.integer",
  number: "exercise.types.number",
  date: "exercise.types.date",
  time: "exercise.types.time",
  "code-lg": "exercise.types.code_lg",
  postal: "exercise.types.postal",
  phone: "exercise.types.phone",
  lat: "exercise.types.lat",
  lon: "exercise.types.lon",
} as const;

/** The table as it should be: exact names, and how each value is written. */
export function ColumnList({ columns }: { columns: DataExercise["columns"] }) {
  const { t } = useTranslation();
  return (
    <details className="rounded-8 border border-solid-gray-420">
      <summary className="cursor-pointer px-4 py-3 font-bold">
        {t("exercise.columns", { count: columns.length })}
      </summary>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways */}
      <div className="overflow-x-auto border-t border-solid-gray-200 p-4" tabIndex={0} role="region" aria-label={t("exercise.columns", { count: columns.length })}>
        <table className="w-full border-collapse text-left text-dns-16N-130 [&_:is(th,td)]:border-b [&_:is(th,td)]:border-solid-gray-200 [&_:is(th,td)]:py-2 [&_:is(th,td)]:pr-4 [&_:is(th,td)]:align-top">
          <thead>
            <tr>
              <th scope="col">{t("exercise.column")}</th>
              <th scope="col">{t("exercise.type")}</th>
              <th scope="col">{t("exercise.needed")}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.name}>
                <th scope="row" className="whitespace-nowrap">
                  {column.name}{" "}
                  {column.is_key && <Tag tone="neutral">{t("exercise.key")}</Tag>}
                </th>
                <td>
                  {t(TYPES[column.type])}
                  {column.allowed.length > 0 && (
                    <span className="block text-dns-14N-130 text-solid-gray-700">
                      {t("exercise.allowed", { values: column.allowed.join(t("common.comma")) })}
                    </span>
                  )}
                </td>
                <td className="whitespace-nowrap">
                  {column.is_required || column.is_key
                    ? t("exercise.required")
                    : t("exercise.optional")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
