import { useTranslation } from "react-i18next";

import type { ScaleLevel } from "../api/contract";
import { LevelMark } from "./LevelMark";

/** What each level means, folded away until asked for. */
export function ScaleLegend({ scale }: { scale: ScaleLevel[] }) {
  const { t } = useTranslation();
  if (scale.length === 0) return null;
  return (
    <details className="rounded-8 border border-solid-gray-420 px-4 py-3">
      <summary className="cursor-pointer font-bold">{t("level.legend")}</summary>
      <dl className="mt-3 flex flex-col gap-3">
        {scale.map(({ level, title, text }) => (
          <div key={level} className="grid gap-x-6 md:grid-cols-[16rem_1fr]">
            <dt className="flex items-center gap-3">
              <LevelMark level={level} />
              <span className="font-bold">{title}</span>
            </dt>
            <dd className="text-dns-16N-130 text-solid-gray-700">{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
