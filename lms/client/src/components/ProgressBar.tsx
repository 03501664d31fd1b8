import { useTranslation } from "react-i18next";

import type { Progress } from "../api/contract";
import { useFormat } from "../i18n/useFormat";

type Props = { progress: Progress; label: string };

/** How far a course has come: a bar, and the same in words. */
export function ProgressBar({ progress, label }: Props) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const share = percent(progress.fraction);
  return (
    <div className="flex items-center gap-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(progress.fraction * 100)}
        aria-valuetext={share}
        className="h-3 min-w-24 flex-1 overflow-hidden rounded-full border border-solid-gray-536 bg-white"
      >
        <div
          className="h-full bg-key-900 transition-[width] duration-500"
          style={{ width: `${progress.fraction * 100}%` }}
        />
      </div>
      <p className="whitespace-nowrap text-dns-14N-130 text-solid-gray-800 tabular-nums">
        <span className="font-bold">{share}</span>{" "}
        <span>{t("progress.count", { done: progress.done, total: progress.total })}</span>
      </p>
    </div>
  );
}
