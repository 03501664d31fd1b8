import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MyMentoring, SkillRow } from "../../api/contract";
import { mySkillsQuery } from "../../api/queries";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { SelectField } from "../../components/Field";
import { Loading } from "../../components/Skeleton";
import { myMentoringQuery, putMyMentoring, type Willing } from "./queries";
import { Refused } from "./Refused";

const LEARNERS = [1, 2, 3, 4, 5];
const HOURS = [2, 4, 6, 8, 10, 16, 20];
const HIGHEST = 4;
const MOST = 20;

/** Which skills I would teach and how much of my time, or not; and what I want to learn. */
export function WillingPart() {
  const { t } = useTranslation();
  const mine = useQuery(myMentoringQuery);
  const skills = useQuery(mySkillsQuery);
  const error = mine.error ?? skills.error;
  return (
    <section
      aria-labelledby="mentoring-willing"
      className="flex flex-col gap-4 rounded-12 bg-solid-gray-50 p-4 md:p-6"
    >
      <h2 id="mentoring-willing" className="text-std-22B-150">
        {t("mentoring.willing.title")}
      </h2>
      {error !== null ? (
        <ErrorState
          error={error}
          onRetry={() => {
            void mine.refetch();
            void skills.refetch();
          }}
        />
      ) : mine.data === undefined || skills.data === undefined ? (
        <Loading rows={1} />
      ) : (
        <Form mine={mine.data} skills={skills.data.competencies} />
      )}
    </section>
  );
}

function Form({ mine, skills }: { mine: MyMentoring; skills: SkillRow[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [said, setSaid] = useState<Willing>({
    learners: mine.learners,
    hours_per_month: mine.hours_per_month,
    teaches: mine.teaches.map(({ key }) => key),
    wishes: mine.wishes.map(({ competency, level }) => ({ competency: competency.key, level })),
  });
  const set = (values: Partial<Willing>) => setSaid({ ...said, ...values });
  const saving = useMutation({
    mutationFn: () => putMyMentoring(said),
    onSuccess: (kept) => {
      queries.setQueryData(myMentoringQuery.queryKey, kept);
      announce(t("mentoring.willing.saved"));
    },
  });
  const titles = new Map(mine.skills.map(({ key, title }) => [key, title]));
  const held = skills.filter(({ level }) => (level ?? 0) > 0);
  const levelOf = (key: string) =>
    skills.find(({ competency }) => competency.key === key)?.level ?? 0;
  const wishable = mine.skills.filter(
    ({ key }) =>
      levelOf(key) < HIGHEST && !said.wishes.some(({ competency }) => competency === key),
  );
  return (
    <form
      className="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <fieldset className="flex min-w-0 flex-col gap-4">
        <legend className="mb-3 text-std-18B-160">{t("mentoring.willing.teach")}</legend>
        <div className="grid max-w-3xl gap-4 md:grid-cols-2">
          <SelectField
            label={t("mentoring.willing.learners")}
            value={said.learners}
            onChange={(event) => set({ learners: Number(event.target.value) })}
          >
            <option value={0}>{t("mentoring.willing.noMentor")}</option>
            {LEARNERS.map((count) => (
              <option key={count} value={count}>
                {t("mentoring.willing.upTo", { count })}
              </option>
            ))}
          </SelectField>
          {said.learners > 0 && (
            <SelectField
              label={t("mentoring.willing.hours")}
              value={said.hours_per_month}
              onChange={(event) => set({ hours_per_month: Number(event.target.value) })}
            >
              {[...new Set([...HOURS, said.hours_per_month])]
                .sort((one, other) => one - other)
                .map((count) => (
                  <option key={count} value={count}>
                    {t("mentoring.willing.hoursOf", { count })}
                  </option>
                ))}
            </SelectField>
          )}
        </div>
        {said.learners > 0 && held.length > 0 && (
          <details open={said.teaches.length > 0}>
            <summary className="w-fit cursor-pointer py-2 font-bold">
              {said.teaches.length === 0
                ? t("mentoring.willing.anySkill")
                : t("mentoring.willing.someSkills", { count: said.teaches.length })}
            </summary>
            <p className="py-2 text-dns-16N-130 text-solid-gray-700">
              {t("mentoring.willing.skillsHelp")}
            </p>
            <ul className="grid gap-x-6 gap-y-2 md:grid-cols-2">
              {held.map(({ competency, level }) => (
                <li key={competency.key}>
                  <label className="flex cursor-pointer items-start gap-3">
                    <input
                      type="checkbox"
                      checked={said.teaches.includes(competency.key)}
                      disabled={
                        said.teaches.length >= MOST && !said.teaches.includes(competency.key)
                      }
                      onChange={(event) =>
                        set({
                          teaches: event.target.checked
                            ? [...said.teaches, competency.key]
                            : said.teaches.filter((key) => key !== competency.key),
                        })
                      }
                      className="mt-1 size-5 shrink-0 accent-key-900"
                    />
                    <span>
                      {t("mentoring.willing.skill", { title: competency.title, level })}
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          </details>
        )}
      </fieldset>
      <fieldset className="flex min-w-0 flex-col gap-4">
        <legend className="mb-3 text-std-18B-160">{t("mentoring.willing.learn")}</legend>
        {said.wishes.length > 0 && (
          <ul className="flex flex-col gap-3">
            {said.wishes.map((wish) => {
              const title = titles.get(wish.competency) ?? wish.competency;
              return (
                <li key={wish.competency} className="flex flex-wrap items-end gap-3">
                  <div className="w-80 max-w-full">
                    <SelectField
                      label={t("mentoring.willing.wishLevel", { title })}
                      value={wish.level}
                      onChange={(event) =>
                        set({
                          wishes: said.wishes.map((one) =>
                            one.competency === wish.competency
                              ? { ...one, level: Number(event.target.value) }
                              : one,
                          ),
                        })
                      }
                    >
                      {Array.from({ length: HIGHEST }, (_, index) => index + 1)
                        .filter((one) => one > levelOf(wish.competency) || one === wish.level)
                        .map((one) => (
                          <option key={one} value={one}>
                            {t("level.number", { level: one })}
                          </option>
                        ))}
                    </SelectField>
                  </div>
                  <Button
                    size="sm"
                    variant="text"
                    className="h-10"
                    aria-label={t("mentoring.willing.dropWish", { title })}
                    onClick={() =>
                      set({
                        wishes: said.wishes.filter((one) => one.competency !== wish.competency),
                      })
                    }
                  >
                    {t("mentoring.willing.drop")}
                  </Button>
                </li>
              );
            })}
          </ul>
        )}
        {said.wishes.length < MOST && (
          <div className="w-96 max-w-full">
            <SelectField
              label={t("mentoring.willing.addWish")}
              value=""
              onChange={(event) => {
                const key = event.target.value;
                if (key === "") return;
                const level = Math.min(levelOf(key) + 1, HIGHEST);
                set({ wishes: [...said.wishes, { competency: key, level }] });
              }}
            >
              <option value="">{t("mentoring.willing.choose")}</option>
              {wishable.map(({ key, title }) => (
                <option key={key} value={key}>
                  {title}
                </option>
              ))}
            </SelectField>
          </div>
        )}
      </fieldset>
      {saving.isError && <Refused error={saving.error} />}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" disabled={saving.isPending}>
          {t("mentoring.willing.save")}
        </Button>
        {saving.isSuccess && <span>{t("mentoring.willing.saved")}</span>}
      </div>
    </form>
  );
}
