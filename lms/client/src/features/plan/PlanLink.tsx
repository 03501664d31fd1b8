import { useTranslation } from "react-i18next";

import { useMe } from "../../app/useMe";
import { ButtonLink } from "../../components/Button";
import { type AimKind, planAddress } from "./planSearch";

type Props = { kind?: AimKind; of?: { key: string; title: string }; staffNumber?: string };

/** Leads to the learning plan for a project or role, or to where one is chosen. */
export function PlanLink({ kind = "project", of, staffNumber }: Props) {
  const { t } = useTranslation();
  const { can } = useMe();
  if (!can.learn && staffNumber === undefined) return null;
  return (
    <ButtonLink
      variant="outline"
      size="sm"
      className="w-fit"
      to={of === undefined ? "/plan" : planAddress(kind, of.key, staffNumber)}
      {...(of !== undefined && { "aria-label": t("plan.makeFor", { title: of.title }) })}
    >
      {t("plan.make")}
    </ButtonLink>
  );
}
