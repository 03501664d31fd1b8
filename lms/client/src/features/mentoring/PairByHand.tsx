import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { TeamPerson } from "../../api/contract";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { SelectField } from "../../components/Field";
import { PersonField } from "../../components/PersonField";
import { projectChoicesQuery } from "../projects/queries";
import { teamPeopleQuery } from "../teams/queries";
import { askedByHand, type ByHand, NOBODY } from "./byHand";
import { proposeByHand } from "./queries";
import { Refused } from "./Refused";

const LEVELS = [1, 2, 3, 4] as const;
const sectionOf = (person: TeamPerson) => person.section;

/** A pair that is not among the proposals; the same rules hold for it, and both sides must agree. */
export function PairByHand() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: choices, error, refetch } = useQuery(projectChoicesQuery);
  const [said, setSaid] = useState<ByHand<TeamPerson>>(NOBODY);
  const say = (values: Partial<typeof said>) => setSaid((before) => ({ ...before, ...values }));
  const proposing = useMutation({
    mutationFn: proposeByHand,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["mentoring"] });
      setSaid(NOBODY);
      announce(t("mentoring.office.done", { count: 1 }));
    },
  });
  const asked = askedByHand(said);
  return (
    <section aria-labelledby="mentoring-by-hand" className="flex flex-col gap-4">
      <h2 id="mentoring-by-hand" className="text-std-22B-150">
        {t("mentoring.byHand.title")}
      </h2>
      <p className="max-w-3xl">{t("mentoring.byHand.intro")}</p>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      <form
        noValidate
        aria-label={t("mentoring.byHand.title")}
        className="flex max-w-3xl flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (asked !== null) proposing.mutate(asked);
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          {(["mentor", "learner"] as const).map((side) => (
            <PersonField
              key={side}
              label={t(`mentoring.office.${side}`)}
              value={said[side]}
              query={teamPeopleQuery}
              posting={sectionOf}
              onChange={(person) => say({ [side]: person })}
            />
          ))}
          <SelectField
            label={t("mentoring.office.skills")}
            value={said.competency}
            onChange={(event) => say({ competency: event.target.value })}
          >
            <option value="">{t("mentoring.willing.choose")}</option>
            {choices?.competencies.map(({ key, title }) => (
              <option key={key} value={key}>
                {title}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("mentoring.byHand.level")}
            value={said.level}
            onChange={(event) => say({ level: Number(event.target.value) })}
          >
            {LEVELS.map((level) => (
              <option key={level} value={level}>
                {t("level.number", { level })}
              </option>
            ))}
          </SelectField>
        </div>
        {proposing.isError && <Refused error={proposing.error} />}
        <div>
          <Button type="submit" disabled={asked === null || proposing.isPending}>
            {t("mentoring.byHand.propose")}
          </Button>
        </div>
      </form>
    </section>
  );
}
