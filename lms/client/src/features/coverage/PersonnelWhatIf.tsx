import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { ErrorState } from "../../components/ErrorState";
import { Loading } from "../../components/Skeleton";
import { personnelWhatIfQuery } from "./queries";
import { WhatIfResult } from "./WhatIfResult";

/** What a personnel file would mean that HR has uploaded and not applied. */
export function PersonnelWhatIf({ uuid }: { uuid: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(personnelWhatIfQuery(uuid));
  return (
    <section aria-labelledby="what-if-file" className="flex flex-col gap-4">
      <h2 id="what-if-file" className="text-std-22B-150">
        {t("whatIf.fileTitle")}
      </h2>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={2} />
      ) : (
        <>
          <p>{t("whatIf.fileMoves", { count: data.moves.length })}</p>
          <WhatIfResult found={data} />
        </>
      )}
    </section>
  );
}
