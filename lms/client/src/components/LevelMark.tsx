import { useTranslation } from "react-i18next";

const HIGHEST = 4;
const STEPS = Array.from({ length: HIGHEST }, (_, index) => index + 1);

type Props = { level: number | null; target?: number | null };

/** A level as number and four steps: filled = reached, hatched = missing to the target. */
export function LevelMark({ level, target = null }: Props) {
  const { t } = useTranslation();
  const reached = level ?? 0;
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span className="min-w-4 text-std-18B-160 tabular-nums">
        {level ?? (
          <>
            <span aria-hidden="true">–</span>
            <span className="sr-only">{t("level.none")}</span>
          </>
        )}
      </span>
      <span className="inline-flex" aria-hidden="true">
        {STEPS.map((step) => (
          <span
            key={step}
            className="level-step"
            data-step={step <= reached ? "reached" : step <= (target ?? 0) ? "missing" : "beyond"}
          />
        ))}
      </span>
    </span>
  );
}
