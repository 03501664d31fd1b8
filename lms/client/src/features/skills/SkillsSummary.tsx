import { useTranslation } from "react-i18next";

import type { MySkills } from "../../api/contract";

const TILES = [
  { count: "targets", label: "skills.summary.targets", bar: "border-l-key-900" },
  { count: "met", label: "skills.summary.met", bar: "border-l-success-2" },
  { count: "one_short", label: "skills.summary.oneShort", bar: "border-l-warning-yellow-2" },
  { count: "lacking", label: "skills.summary.lacking", bar: "border-l-error-2" },
] as const;

export function SkillsSummary({ summary }: { summary: MySkills["summary"] }) {
  const { t } = useTranslation();
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {TILES.map(({ count, label, bar }) => (
        <div
          key={count}
          className={`flex flex-col-reverse justify-end rounded-8 border border-l-8 border-solid-gray-420 p-3 md:p-4 ${bar}`}
        >
          <dt className="text-dns-14N-130 text-solid-gray-700">{t(label)}</dt>
          <dd className="text-std-28B-150 text-solid-gray-900 tabular-nums">{summary[count]}</dd>
        </div>
      ))}
    </dl>
  );
}
