import { useTranslation } from "react-i18next";

const EFFORTS = { S: "effort.small", M: "effort.medium", L: "effort.large" } as const;

type Props = { measure: string; effort: string; leadRole?: string | null };

/** The measure of the DX plan a project belongs to, and how much work it is. */
export function ProjectFacts({ measure, effort, leadRole = null }: Props) {
  const { t } = useTranslation();
  const facts = [
    { term: t("project.measure"), text: measure },
    {
      term: t("project.effort"),
      text: effort in EFFORTS ? t(EFFORTS[effort as keyof typeof EFFORTS]) : effort,
    },
    { term: t("project.leadRole"), text: leadRole ?? "" },
  ];
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-dns-14N-130">
      {facts
        .filter(({ text }) => text !== "")
        .map(({ term, text }) => (
          <div key={term} className="flex gap-2">
            <dt className="text-solid-gray-700">{term}</dt>
            <dd className="font-bold">{text}</dd>
          </div>
        ))}
    </dl>
  );
}
