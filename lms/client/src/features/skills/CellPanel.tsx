import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { CellQuery, ScaleLevel } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { cellQuery } from "../../api/queries";
import { Banner } from "../../components/Banner";
import { ErrorState } from "../../components/ErrorState";
import { SidePanel } from "../../components/SidePanel";
import { Loading } from "../../components/Skeleton";
import { personSuggestionsAddress } from "../suggestions/addresses";
import { CellExplanationView } from "./CellExplanationView";

type Props = {
  staffNumber: string;
  competencyKey: string;
  /** YYYY-MM-DD; null is today. */
  asOf: string | null;
  /** Of the evidence that is to count; left out, the office's rule. */
  assurance?: CellQuery["assurance"];
  scale: ScaleLevel[];
  /** The reader's own level: the courses named are theirs to take. */
  isMine?: boolean;
  onClose: () => void;
};

/** Why one person has one level, in a sheet over the page it was opened from. */
export function CellPanel({ staffNumber, competencyKey, asOf, assurance, scale, isMine, onClose }: Props) {
  const { t } = useTranslation();
  const { data: cell, error, refetch } = useQuery(cellQuery(staffNumber, competencyKey, asOf, assurance));
  const title =
    cell === undefined
      ? t("cell.title")
      : isMine
        ? cell.competency.title
        : t("cell.titleOf", { name: cell.employee.name, competency: cell.competency.title });
  return (
    <SidePanel title={title} onClose={onClose}>
      {cell !== undefined ? (
        <>
          <CellExplanationView cell={cell} scale={scale} isMine={isMine ?? false} />
          {!isMine && (
            <Link to={personSuggestionsAddress(staffNumber)} className="link w-fit">
              {t("suggestions.titleOf", { name: cell.employee.name })}
            </Link>
          )}
        </>
      ) : statusOf(error) === 404 ? (
        <Banner tone="error" title={t("cell.notFound")} />
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading rows={4} />
      )}
    </SidePanel>
  );
}
