import { useTranslation } from "react-i18next";

import type { RiskUnit } from "../../api/contract";

/** What kind of unit it is; of a business process also who is in charge. */
export function UnitKind({ unit }: { unit: RiskUnit }) {
  const { t } = useTranslation();
  return (
    <>
      {unit.kind === "process"
        ? t("coverage.processOf", { department: unit.department.title })
        : t("coverage.kinds.section")}
    </>
  );
}
