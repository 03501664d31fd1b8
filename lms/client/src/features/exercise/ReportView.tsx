import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Grade, RuleResult } from "../../api/contract";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { FindingList } from "./FindingList";
import { gravestFirst, inFileOrder } from "./report";

type Props = {
  grade: Grade;
  number: number;
  passMark: number | null;
  /** The learner asked for it just now: the reader is taken there. */
  isFresh: boolean;
};

/** What was found in one file: the score, and every place rule by rule or line by line. */
export function ReportView({ grade, number, passMark, isFresh }: Props) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isByLine, setByLine] = useState(false);

  useEffect(() => {
    if (isFresh) heading.current?.focus();
  }, [isFresh]);

  return (
    <section className="flex flex-col gap-5 border-t border-solid-gray-200 pt-6">
      <div className="flex flex-wrap items-center gap-3">
        <h4 ref={heading} tabIndex={-1} className="text-std-18B-160">
          {t("exercise.result", { number })}
        </h4>
        {grade.is_passed !== null && (
          <Tag tone={grade.is_passed ? "success" : "warning"}>
            {grade.is_passed ? t("exercise.passed") : t("exercise.notPassed")}
          </Tag>
        )}
      </div>
      <ScoreBar score={grade.score} passMark={passMark} />
      <p className="font-bold">
        {grade.faults === 0
          ? t("exercise.perfect")
          : t("exercise.faults", { count: grade.faults })}
      </p>
      {grade.is_capped && passMark !== null && (
        <p className="flex gap-2 text-solid-gray-800">
          <Icon name="warning" className="mt-0.5 size-5 text-warning-yellow-2" />
          {t("exercise.capped", { mark: percent(passMark) })}
        </p>
      )}
      {grade.faults > 0 && (
        <div role="group" aria-label={t("exercise.view")} className="flex gap-2">
          <Button
            size="sm"
            variant={isByLine ? "outline" : "solid"}
            aria-pressed={!isByLine}
            onClick={() => setByLine(false)}
          >
            {t("exercise.byRule")}
          </Button>
          <Button
            size="sm"
            variant={isByLine ? "solid" : "outline"}
            aria-pressed={isByLine}
            onClick={() => setByLine(true)}
          >
            {t("exercise.byLine")}
          </Button>
        </div>
      )}
      {isByLine ? (
        <FindingList
          items={inFileOrder(grade.rules)}
          total={grade.faults}
          hasRule
        />
      ) : (
        <ul className="flex flex-col gap-3">
          {gravestFirst(grade.rules).map((rule, index) => (
            <li key={rule.code}>
              <Rule rule={rule} isOpen={index === 0} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ScoreBar({ score, passMark }: { score: number; passMark: number | null }) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  // Rounded down: what is not all must not look like all.
  const shown = percent(Math.floor(score * 100) / 100);
  return (
    <div className="flex max-w-xl items-center gap-4">
      <p className="text-std-32N-150 font-bold tabular-nums">{shown}</p>
      <div className="relative flex-1">
        <div
          role="meter"
          aria-label={t("exercise.score")}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(score * 100)}
          aria-valuetext={shown}
          className="h-4 overflow-hidden rounded-full border border-solid-gray-536 bg-white"
        >
          <div
            className={`h-full ${passMark !== null && score < passMark ? "bg-orange-800" : "bg-success-2"}`}
            style={{ width: `${score * 100}%` }}
          />
        </div>
        {passMark !== null && (
          <p className="mt-1 text-right text-dns-14N-130 text-solid-gray-700">
            {t("exercise.passAt", { mark: percent(passMark) })}
          </p>
        )}
      </div>
    </div>
  );
}

/** The first is open; each of the others is one line until it is asked for. */
function Rule({ rule, isOpen }: { rule: RuleResult; isOpen: boolean }) {
  const { t } = useTranslation();
  const heading = (
    <>
      <Icon
        name={rule.failed > 0 ? "error" : "success"}
        className={`mt-0.5 size-5 ${rule.failed > 0 ? "text-error-1" : rule.checked > 0 ? "text-success-2" : "text-solid-gray-536"}`}
      />
      <h5 className="text-dns-16B-130">{rule.title}</h5>
      {rule.is_critical && <Tag tone="key">{t("exercise.critical")}</Tag>}
      <span className="ml-auto text-dns-14N-130 text-solid-gray-700 tabular-nums">
        {rule.failed > 0
          ? t("exercise.failed", { count: rule.failed })
          : rule.checked > 0
            ? t("exercise.ok")
            : t("exercise.notApplicable")}
      </span>
    </>
  );
  if (rule.failed === 0) {
    return <div className="flex flex-wrap items-start gap-2 px-4 py-1">{heading}</div>;
  }
  return (
    <details open={isOpen} className="group rounded-8 border border-solid-gray-420">
      <summary className="flex cursor-pointer list-none flex-wrap items-start gap-2 px-4 py-3">
        <Icon
          name="chevronRight"
          className="mt-0.5 size-5 transition-transform group-open:rotate-90"
        />
        {heading}
      </summary>
      <p className="border-t border-solid-gray-200 bg-solid-gray-50 px-4 py-3 text-solid-gray-800">
        <strong>{t("exercise.why")}</strong>
        {rule.why}
      </p>
      <div className="border-t border-solid-gray-200 px-4 py-2">
        <FindingList
          items={rule.findings.map((finding) => ({ finding, rule }))}
          total={rule.failed}
        />
      </div>
    </details>
  );
}
