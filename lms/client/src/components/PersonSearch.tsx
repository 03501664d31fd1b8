import { type QueryKey, useQuery, type UseQueryOptions } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "./Button";
import { ErrorState } from "./ErrorState";
import { InputField } from "./Field";

type Person = { staff_number: string; name: string };
/** The first who match; `is_cut` = there are more. */
type Found<P> = { people: P[]; is_cut: boolean };

/** Who may be looked up where: each list of people has rules of its own. */
export type PeopleQuery<P, Key extends QueryKey = QueryKey> = (
  search: string,
) => UseQueryOptions<Found<P>, Error, Found<P>, Key>;

type Props<P extends Person, Key extends QueryKey> = {
  /** What people are looked up for. */
  label: string;
  query: PeopleQuery<P, Key>;
  /** Section, tier: what tells two of one name apart, besides the staff number. */
  posting: (person: P) => string;
  /** What can be done with somebody found. */
  actions: (person: P) => ReactNode;
  /** Further fields beside the name. */
  children?: ReactNode;
  /** One below the other, in a dialog. */
  isNarrow?: boolean;
};

/** Somebody by name, kana or staff number. */
export function PersonSearch<P extends Person, Key extends QueryKey>({
  label,
  query,
  posting,
  actions,
  children,
  isNarrow = false,
}: Props<P, Key>) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [sent, setSent] = useState("");
  const { data, error, refetch } = useQuery(query(sent));
  return (
    <div className="flex flex-col gap-3">
      <form
        role="search"
        aria-label={label}
        onSubmit={(event) => {
          event.preventDefault();
          // React passes it on to the form that a dialog was opened from.
          event.stopPropagation();
          setSent(text.trim());
        }}
        className="flex flex-wrap items-end gap-3"
      >
        <div className={isNarrow ? "min-w-0 flex-1 basis-60" : "w-80 max-w-full"}>
          <InputField
            isCompact
            label={t("person.which")}
            value={text}
            maxLength={64}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        {children}
        <Button type="submit" variant="outline" size="sm" className="h-10">
          {t("person.find")}
        </Button>
      </form>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      <p role="status" className={data === undefined ? "sr-only" : ""}>
        {data !== undefined &&
          (data.people.length === 0
            ? t("person.nobody")
            : t(data.is_cut ? "person.foundFirst" : "person.found", { count: data.people.length }))}
      </p>
      {data !== undefined && data.people.length > 0 && (
        <ul className={isNarrow ? "flex flex-col" : "grid gap-x-6 gap-y-2 md:grid-cols-2"}>
          {data.people.map((person) => (
            <li
              key={person.staff_number}
              className="flex flex-wrap items-center justify-between gap-3 border-b border-solid-gray-300 py-2"
            >
              <span>
                <span className="block font-bold">{person.name}</span>
                <span className="block text-dns-14N-130 text-solid-gray-700">
                  {posting(person)} {person.staff_number}
                </span>
              </span>
              <span className="flex gap-2">{actions(person)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
