import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MovablePerson } from "../../api/contract";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { InputField } from "../../components/Field";
import { movablePeopleQuery } from "./queries";

type Props = { chosen: Set<string>; onAdd: (person: MovablePerson) => void };

/** People by name, kana or staff number. */
export function PersonSearch({ chosen, onAdd }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [sent, setSent] = useState("");
  const { data, error, refetch } = useQuery(movablePeopleQuery(sent));
  return (
    <div className="flex flex-col gap-3">
      <form
        role="search"
        aria-label={t("whatIf.search")}
        onSubmit={(event) => {
          event.preventDefault();
          setSent(text.trim());
        }}
        className="flex flex-wrap items-end gap-3 rounded-12 bg-solid-gray-50 p-4"
      >
        <div className="w-80 max-w-full">
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
        <ul className="grid gap-x-6 gap-y-2 md:grid-cols-2">
          {data.people.map((person) => {
            const isChosen = chosen.has(person.staff_number);
            return (
              <li
                key={person.staff_number}
                className="flex items-center justify-between gap-3 border-b border-solid-gray-300 py-2"
              >
                <span>
                  <span className="block font-bold">{person.name}</span>
                  <span className="block text-dns-14N-130 text-solid-gray-700">
                    {person.department?.title ?? t("whatIf.noPosting")} {person.tier?.title}{" "}
                    {person.staff_number}
                  </span>
                </span>
                <Button
                  variant="outline"
                  size="sm"
                  disabled={isChosen}
                  aria-label={t(isChosen ? "whatIf.isChosenFor" : "whatIf.addFor", {
                    name: person.name,
                  })}
                  onClick={() => onAdd(person)}
                >
                  {t(isChosen ? "whatIf.isChosen" : "whatIf.add")}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
