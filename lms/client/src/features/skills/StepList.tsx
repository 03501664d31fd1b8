import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { LevelStep } from "../../api/contract";
import { Button } from "../../components/Button";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { courseAddress } from "../course/addresses";
import { CardTable, CELL, ROW } from "../coverage/CardTable";

const SHOWN = 20;
const HEADS = ["history.day", "skills.competency", "history.change", "history.cause"] as const;

/** Every change of a level and what caused it, the latest first. */
export function StepList({ steps }: { steps: LevelStep[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(SHOWN);
  return (
    <section aria-labelledby="my-steps" className="flex flex-col gap-3">
      <h2 id="my-steps" className="text-std-22B-150">
        {t("history.steps", { count: steps.length })}
      </h2>
      <CardTable caption={t("history.stepsCaption")} heads={HEADS.map((head) => t(head))}>
        {steps.slice(0, shown).map((step, place) => (
          <Step key={place} step={step} />
        ))}
      </CardTable>
      {shown < steps.length && (
        <Button variant="outline" className="self-start" onClick={() => setShown(shown + SHOWN)}>
          {t("history.more", { count: Math.min(SHOWN, steps.length - shown) })}
        </Button>
      )}
    </section>
  );
}

function Step({ step }: { step: LevelStep }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { before, after } = step;
  const rose = after !== null && (before === null || after > before);
  const named = (level: number | null) => (level === null ? t("level.none") : t("level.number", { level }));
  return (
    <tr className={ROW}>
      <td className={`${CELL} whitespace-nowrap tabular-nums`}>
        <time dateTime={step.on}>{date(step.on)}</time>
      </td>
      <th scope="row" className={`${CELL} font-normal`}>
        <Link to={`/skills/${encodeURIComponent(step.competency.key)}`} className="link font-bold">
          {step.competency.title}
        </Link>
        {step.competency.group !== null && (
          <span className="block text-dns-14N-130 text-solid-gray-700">{step.competency.group.title}</span>
        )}
      </th>
      <td className={CELL}>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Tag tone={rose ? "success" : "warning"}>{t(rose ? "history.rose" : "history.fell")}</Tag>
          <span className="whitespace-nowrap">{t("history.fromTo", { before: named(before), after: named(after) })}</span>
        </span>
      </td>
      <td className={CELL}>
        {step.course_key !== null ? (
          <Link to={courseAddress(step.course_key)} className="link">
            {step.title}
          </Link>
        ) : (
          step.title
        )}
        <span className="block text-dns-14N-130 text-solid-gray-700">
          {t(step.is_end ? "history.ended" : step.course_key !== null ? "history.completed" : "history.judged")}
        </span>
      </td>
    </tr>
  );
}
