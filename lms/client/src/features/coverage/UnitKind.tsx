import { useTranslation } from "react-i18next";

import type { RiskUnit } from "../../api/contract";

/** What kind of unit it is; of a business process or project also who is in charge. */
export function UnitKind({ unit }: { unit: RiskUnit }) {
  const { t } = useTranslation();
  if (unit.kind === "section") return <>{t("coverage.kinds.section")}</>;
  if (unit.department === null) return <>{t("coverage.kinds.project")}</>;
  const words = { department: unit.department.title };
  return (
    <>{unit.kind === "process" ? t("coverage.processOf", words) : t("coverage.projectOf", words)}</>
  );
}
