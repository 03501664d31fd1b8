import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Finding } from "../../api/contract";
import { Button } from "../../components/Button";
import type { LineFinding } from "./report";
import { type Part, visibleParts } from "./visible";

const FIRST = 8;
const STEP = 20;

type Props = {
  items: readonly LineFinding[];
  /** How many places there are, named or not. */
  total: number;
  hasRule?: boolean;
};

/** Places of faults, a few at a time: where, the value as it was given, what to do about it. */
export function FindingList({ items, total, hasRule = false }: Props) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(FIRST);
  const shown = items.slice(0, limit);
  const waiting = items.length - shown.length;
  const unnamed = total - items.length;

  return (
    <div className="flex flex-col items-start gap-3">
      <ul className="w-full divide-y divide-solid-gray-200">
        {shown.map(({ finding, rule }) => (
          <li
            key={`${rule.code} ${finding.fault} ${finding.line} ${finding.column} ${finding.value} ${finding.what}`}
            className="grid gap-x-4 gap-y-1 py-3 md:grid-cols-[9rem_minmax(0,13rem)_minmax(0,1fr)]"
          >
            <p className="tabular-nums">
              <Place finding={finding} />
            </p>
            <p>
              <span className="sr-only">{t("exercise.value") + t("common.colon")}</span>
              <Value finding={finding} />
            </p>
            <div>
              {hasRule && (
                <p className="text-dns-14N-130 text-solid-gray-700">
                  <span className="sr-only">{t("exercise.rule") + t("common.colon")}</span>
                  {rule.title}
                </p>
              )}
              <p>{finding.what}</p>
              {finding.fix !== "" && <p className="text-solid-gray-800">{finding.fix}</p>}
            </div>
          </li>
        ))}
      </ul>
      {waiting > 0 && (
        <Button variant="outline" size="sm" onClick={() => setLimit(limit + STEP)}>
          {t("exercise.more", { count: Math.min(waiting, STEP) })}
        </Button>
      )}
      {waiting <= 0 && unnamed > 0 && (
        <p className="text-solid-gray-700">{t("exercise.rest", { count: unnamed })}</p>
      )}
    </div>
  );
}

function Place({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="font-bold">
        {finding.line === 0
          ? t("exercise.whole")
          : t("exercise.line", { line: finding.line })}
      </span>
      {finding.column !== "" && <span className="ml-2 md:ml-0 md:block">{finding.column}</span>}
      {finding.cell !== "" && (
        <span className="ml-1 text-dns-14N-130 text-solid-gray-700 md:ml-0 md:block">
          {t("exercise.cell", { cell: finding.cell })}
        </span>
      )}
    </>
  );
}

const NAMES = {
  space: "exercise.space",
  wideSpace: "exercise.wideSpace",
  lineBreak: "exercise.lineBreak",
  tab: "exercise.tab",
} as const;

/** The value as it was given, in a fixed width, with spaces one can see. */
function Value({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  if (finding.value === "") {
    return finding.column === "" && finding.line === 0 ? null : (
      <span className="text-solid-gray-700">{t("exercise.empty")}</span>
    );
  }
  return (
    <code className="rounded-4 bg-solid-gray-50 px-1 break-all">
      {visibleParts(finding.value).map((part, index) => (
        <Shown key={index} part={part} />
      ))}
    </code>
  );
}

function Shown({ part }: { part: Part }) {
  const { t } = useTranslation();
  if (part.kind === "text") return part.text;
  const name = t(NAMES[part.kind]);
  return (
    <span title={name} className="text-error-1">
      <span aria-hidden="true">{part.text}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}
