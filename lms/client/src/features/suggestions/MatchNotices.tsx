import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { announce } from "../../components/announcements";
import { SelectField } from "../../components/Field";
import { matchNoticesQuery, setMatchNotices } from "./queries";

const OFFERED = [0, 1, 2, 3, 5, 10];

/** How many new matches I am told of in a month, at most. */
export function MatchNotices() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQuery(matchNoticesQuery);
  const saving = useMutation({
    mutationFn: setMatchNotices,
    onSuccess: (saved) => {
      queries.setQueryData(matchNoticesQuery.queryKey, saved);
      announce(t("notices.saved"));
    },
  });
  if (data === undefined) return null;
  const most = data.most_a_month;
  const offered = OFFERED.includes(most) ? OFFERED : [...OFFERED, most].sort((a, b) => a - b);
  return (
    <section
      aria-labelledby="match-notices"
      className="flex max-w-3xl flex-col gap-4 rounded-12 bg-solid-gray-50 p-4 md:p-6"
    >
      <h2 id="match-notices" className="text-std-18B-160">
        {t("suggestions.notices")}
      </h2>
      <p>{t("suggestions.noticesHelp")}</p>
      <div className="w-80 max-w-full">
        <SelectField
          label={t("suggestions.mostNotices")}
          value={most}
          disabled={saving.isPending}
          onChange={(event) => saving.mutate(Number(event.target.value))}
        >
          {offered.map((number) => (
            <option key={number} value={number}>
              {number === 0 ? t("suggestions.noNotices") : t("suggestions.noticesMost", { count: number })}
            </option>
          ))}
        </SelectField>
      </div>
      {saving.isSuccess && <p>{t("notices.saved")}</p>}
      {saving.isError && (
        <p role="alert" className="text-error-1">
          {t("notices.failed")}
        </p>
      )}
      <Link to="/notices/settings" className="link w-fit">
        {t("suggestions.mailSettings")}
      </Link>
    </section>
  );
}
