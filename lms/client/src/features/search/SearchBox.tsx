import { type SubmitEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useSearchParams } from "react-router";

import { Button } from "../../components/Button";
import { LONGEST_QUERY, searchAddress, wantedOf } from "./searchAddress";

export function SearchBox({ className = "" }: { className?: string }) {
  const { t } = useTranslation();
  const id = useId();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const asked = pathname === "/search" ? wantedOf(search).query : "";

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("q");
    const query = typeof typed === "string" ? typed.trim() : "";
    if (query !== "") void navigate(searchAddress({ query, page: 1 }));
  };

  return (
    <form role="search" onSubmit={submit} className={`flex items-center gap-2 ${className}`}>
      <label htmlFor={id} className="sr-only">
        {t("search.label")}
      </label>
      {/* Another address, another question: what was typed before does not stay. */}
      <input
        key={asked}
        id={id}
        type="search"
        name="q"
        enterKeyHint="search"
        autoComplete="off"
        maxLength={LONGEST_QUERY}
        defaultValue={asked}
        placeholder={t("search.label")}
        className="h-11 min-w-0 flex-1 rounded-8 border border-solid-gray-600 bg-white px-3 text-solid-gray-900 placeholder:text-solid-gray-600 hover:border-black"
      />
      <Button type="submit" variant="outline" size="sm" className="min-h-11">
        {t("search.submit")}
      </Button>
    </form>
  );
}
