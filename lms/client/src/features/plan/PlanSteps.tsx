import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { PlanStep } from "../../api/contract";
import { enrol } from "../../api/queries";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { LevelMark } from "../../components/LevelMark";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { courseAddress } from "../course/addresses";
import { useDuration } from "./useDuration";

type Props = { steps: PlanStep[]; isProven: boolean; isMine: boolean };

/** The courses, in the order to take them. */
export function PlanSteps({ steps, isProven, isMine }: Props) {
  const { t } = useTranslation();
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-std-22B-150">{t("plan.steps")}</h2>
      <p className="text-dns-16N-130 text-solid-gray-700">
        {t(isProven ? "plan.proven" : "plan.notProven")}
      </p>
      <ol className="flex flex-col gap-4">
        {steps.map((step, index) => (
          <Step key={step.course.key} step={step} number={index + 1} isMine={isMine} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step, number, isMine }: { step: PlanStep; number: number; isMine: boolean }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const duration = useDuration();
  return (
    <li
      data-course={step.course.key}
      className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-3 rounded-12 border border-solid-gray-420 p-4 md:gap-x-5 md:p-5"
    >
      <span
        aria-hidden="true"
        className="flex size-9 items-center justify-center rounded-full bg-key-900 font-bold text-white tabular-nums"
      >
        {number}
      </span>
      <div className="flex min-w-0 flex-col gap-3">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
          <h3 className="text-std-18B-160">
            <Link to={courseAddress(step.course.key)} className="link">
              {step.course.title}
            </Link>
          </h3>
          <span className="flex flex-wrap gap-2">
            {step.is_assigned && <Tag tone="error">{t("course.mandatory")}</Tag>}
            {step.is_again && <Tag tone="neutral">{t("plan.again")}</Tag>}
            {step.is_taking && !step.is_again && <Tag tone="key">{t("mySkills.taking")}</Tag>}
          </span>
        </div>
        <p className="flex flex-wrap gap-x-6 gap-y-1 text-dns-16N-130">
          <span>{t("plan.span", { from: date(step.starts_on), to: date(step.ends_on) })}</span>
          <span>{t("plan.left", { duration: duration(step.minutes) })}</span>
        </p>
        {step.closes.length > 0 && (
          <ul className="flex flex-col gap-2" aria-label={t("plan.closes")}>
            {step.closes.map(({ competency, before, after, needed }) => (
              <li key={competency.key} className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <span className="font-bold">{competency.title}</span>
                <LevelMark level={after} target={needed} />
                <span className="text-dns-16N-130 text-solid-gray-700">
                  {t(before === 0 ? "plan.raisedFromNone" : "plan.raised", {
                    before,
                    after,
                    needed,
                  })}
                </span>
              </li>
            ))}
          </ul>
        )}
        <Why step={step} />
        {isMine && !step.is_taking && step.after.length === 0 && <Enrol step={step} />}
      </div>
    </li>
  );
}

function Why({ step }: { step: PlanStep }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const titles = (rows: { title: string }[]) =>
    rows.map(({ title }) => t("plan.quoted", { title })).join(t("common.comma"));
  const { why, due_on: due, opens, after } = step;
  return (
    <p className="text-dns-16N-130 text-solid-gray-800">
      {after.length > 0 && <>{t("plan.after", { titles: titles(after) })} </>}
      {why === "opens" && t("plan.why.opens", { titles: titles(opens) })}
      {why === "due" && due !== null && t("plan.why.due", { date: date(due) })}
      {why === "must" && t("plan.why.must")}
      {why === "short" && after.length === 0 && t("plan.why.short")}
    </p>
  );
}

function Enrol({ step }: { step: PlanStep }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { title } = step.course;
  const { mutate, isPending, isError } = useMutation({
    mutationFn: () => enrol(step.course.key),
    onSuccess: async () => {
      announce(t("plan.enrolled", { title }));
      await queries.invalidateQueries({ queryKey: ["plan"] });
      void queries.invalidateQueries({ queryKey: ["learning"] });
    },
  });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        variant="outline"
        size="sm"
        disabled={isPending}
        onClick={() => mutate()}
        aria-label={t("plan.enrolIn", { title })}
      >
        {t("plan.enrol")}
      </Button>
      {isError && (
        <span role="alert" className="text-dns-16N-130 text-error-1">
          {t("plan.enrolFailed")}
        </span>
      )}
    </div>
  );
}
