import { type QueryKey } from "@tanstack/react-query";
import { useId, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";

import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { type PeopleQuery, PersonSearch } from "./PersonSearch";

type Person = { staff_number: string; name: string };

type Props<P extends Person, Key extends QueryKey> = {
  label: string;
  value: P | null;
  query: PeopleQuery<P, Key>;
  posting: (person: P) => string;
  onChange: (person: P | null) => void;
};

/** One person of a form, or nobody; looked up in a box of its own. */
export function PersonField<P extends Person, Key extends QueryKey>({
  label,
  value,
  query,
  posting,
  onChange,
}: Props<P, Key>) {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div role="group" aria-labelledby={id} className="flex min-w-0 flex-col gap-1">
      <p id={id} className="text-dns-14B-130">
        {label}
      </p>
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1">
        <span>{value === null ? t("person.none") : `${value.name} ${posting(value)}`}</span>
        <Button variant="outline" size="sm" onClick={() => setIsOpen(true)}>
          {t(value === null ? "person.look" : "person.lookAgain")}
        </Button>
        {value !== null && (
          <Button variant="text" size="sm" onClick={() => onChange(null)}>
            {t("person.nobodyChosen")}
          </Button>
        )}
      </div>
      {isOpen &&
        // A form within a form is none.
        createPortal(
          <Dialog title={label} onClose={() => setIsOpen(false)}>
            <PersonSearch
              isNarrow
              label={t("person.lookFor", { label })}
              query={query}
              posting={posting}
              actions={(person) => (
                <Button
                  variant="outline"
                  size="sm"
                  aria-label={t("person.pickOf", { name: person.name })}
                  onClick={() => {
                    onChange(person);
                    setIsOpen(false);
                  }}
                >
                  {t("person.pick")}
                </Button>
              )}
            />
            <div className="flex justify-end">
              <Button variant="outline" onClick={() => setIsOpen(false)}>
                {t("workshop.back")}
              </Button>
            </div>
          </Dialog>,
          document.body,
        )}
    </div>
  );
}
