import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { NoticePreferences } from "../../api/contract";
import { announce } from "../../components/announcements";
import { Banner } from "../../components/Banner";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { SelectField } from "../../components/Field";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { LANGUAGE_NAMES, LANGUAGES } from "../../i18n/language";
import { noticePreferencesQuery, saveNoticePreferences } from "./queries";

type MailChoice = NoticePreferences["mail"][number];
const TIMES = {
  at_once: "notices.when.at_once",
  daily: "notices.when.daily",
  never: "notices.when.never",
} as const satisfies Record<MailChoice["when"], string>;

/** Which notices also come by e-mail, when, and in which language. */
export function NoticeSettingsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(noticePreferencesQuery);
  return (
    <>
      <Breadcrumbs
        trail={[{ title: t("notices.title"), to: "/notices" }, { title: t("notices.settings") }]}
      />
      <PageHeading title={t("notices.settings")}>
        <p className="max-w-3xl">{t("notices.settingsIntro")}</p>
      </PageHeading>
      {data !== undefined ? (
        <Choices saved={data} />
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading rows={3} />
      )}
    </>
  );
}

function Choices({ saved }: { saved: NoticePreferences }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [language, setLanguage] = useState(saved.language);
  const [chosen, setChosen] = useState<Record<string, MailChoice["when"]>>({});
  const saving = useMutation({
    mutationFn: saveNoticePreferences,
    onSuccess: (answer) => {
      queries.setQueryData(noticePreferencesQuery.queryKey, answer);
      announce(t("notices.saved"));
    },
  });

  return (
    <form
      className="flex max-w-2xl flex-col gap-8"
      onChange={() => saving.reset()}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate({
          language,
          mail: saved.mail.map(({ kind, when }) => ({ kind, when: chosen[kind] ?? when })),
        });
      }}
    >
      {saved.email === "" ? (
        <Banner tone="warning" title={t("notices.noEmail")} />
      ) : (
        <p>{t("notices.sentTo", { email: saved.email })}</p>
      )}
      <fieldset className="flex flex-col gap-4">
        <legend className="pb-4 text-std-20B-150">{t("notices.byKind")}</legend>
        {saved.mail.map(({ kind, title, when }) => (
          <SelectField
            key={kind}
            label={title}
            value={chosen[kind] ?? when}
            onChange={(event) =>
              setChosen({ ...chosen, [kind]: event.target.value as MailChoice["when"] })
            }
          >
            {Object.entries(TIMES).map(([value, text]) => (
              <option key={value} value={value}>
                {t(text)}
              </option>
            ))}
          </SelectField>
        ))}
      </fieldset>
      <SelectField
        label={t("notices.language")}
        value={language}
        onChange={(event) => setLanguage(event.target.value as NoticePreferences["language"])}
      >
        {LANGUAGES.map((value) => (
          <option key={value} value={value} lang={value}>
            {LANGUAGE_NAMES[value]}
          </option>
        ))}
      </SelectField>
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" disabled={saving.isPending}>
          {t("notices.save")}
        </Button>
        {saving.isSuccess && <p>{t("notices.saved")}</p>}
        {saving.isError && (
          <p role="alert" className="text-error-1">
            {t("notices.failed")}
          </p>
        )}
      </div>
    </form>
  );
}
