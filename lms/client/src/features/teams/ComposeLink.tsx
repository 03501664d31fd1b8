import { useTranslation } from "react-i18next";

import { useMe } from "../../app/useMe";
import { ButtonLink } from "../../components/Button";
import { composeAddress } from "./addresses";

const TO_STAFF = ["approved", "running"];

type Props = { project: { key: string; status?: string } };

/** From a project's page to its team, for the DX office; nothing for anybody else. */
export function ComposeLink({ project }: Props) {
  const { t } = useTranslation();
  const { can } = useMe();
  if (!can.run_projects || !TO_STAFF.includes(project.status ?? "")) return null;
  return (
    <p>
      <ButtonLink variant="outline" size="sm" to={composeAddress(project.key)}>
        {t("teams.compose")}
      </ButtonLink>
    </p>
  );
}
