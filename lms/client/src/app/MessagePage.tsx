import { useTranslation } from "react-i18next";

import { ButtonLink } from "../components/Button";
import { PageHeading } from "../components/PageHeading";

export function MessagePage({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation();
  return (
    <div className="flex max-w-2xl flex-col items-start gap-6">
      <PageHeading title={title} />
      <p>{text}</p>
      <ButtonLink to="/" variant="outline">
        {t("common.toHome")}
      </ButtonLink>
    </div>
  );
}
