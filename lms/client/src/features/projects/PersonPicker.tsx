import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { JoinablePerson } from "../../api/contract";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { InputField } from "../../components/Field";
import { joinablePeopleQuery } from "./queries";

type Props = {
  project: string;
  /** Staff numbers of those who are in it already. */
  present: string[];
  onPick: (person: JoinablePerson) => void;
};

/** Somebody by name, kana or staff number. */
export function PersonPicker({ project, present, onPick }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [sent, setSent] = useState("");
  const { data, error, refetch } = useQuery(joinablePeopleQuery(project, sent));
  return (
    <>
      <form
        role="search"
        aria-label={t("projectTeam.search")}
        onSubmit={(event) => {
          event.preventDefault();
          setSent(text.trim());
        }}
        className="flex flex-wrap items-end gap-3"
      >
        <div className="min-w-0 flex-1 basis-60">
          <InputField
            isCompact
            label={t("whatIf.person")}
            value={text}
            maxLength={64}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <Button type="submit" variant="outline" size="sm" className="h-10">
          {t("whatIf.find")}
        </Button>
      </form>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      <p role="status" className={data === undefined ? "sr-only" : ""}>
        {data !== undefined &&
          (data.people.length === 0
            ? t("whatIf.nobody")
            : t(data.is_cut ? "whatIf.foundFirst" : "whatIf.found", { count: data.people.length }))}
      </p>
      {data !== undefined && data.people.length > 0 && (
        <ul className="flex flex-col">
          {data.people.map((person) => {
            const isIn = present.includes(person.staff_number);
            return (
              <li
                key={person.staff_number}
                className="flex items-center justify-between gap-3 border-b border-solid-gray-300 py-2"
              >
                <span>
                  <span className="block font-bold">{person.name}</span>
                  <span className="block text-dns-14N-130 text-solid-gray-700">
                    {person.department.title} {person.tier.title} {person.staff_number}
                  </span>
                </span>
                <Button
                  variant="outline"
                  size="sm"
                  disabled={isIn}
                  aria-label={t(isIn ? "projectTeam.isIn" : "projectTeam.pickOf", {
                    name: person.name,
                  })}
                  onClick={() => onPick(person)}
                >
                  {t(isIn ? "projectTeam.in" : "projectTeam.pick")}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
