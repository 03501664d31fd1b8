import { useTranslation } from "react-i18next";

import type { AssessmentForm, AssessmentQuestion } from "../../api/contract";
import { LevelMark } from "../../components/LevelMark";
import { CardTable, CELL, ROW } from "../coverage/CardTable";

type Props = { form: AssessmentForm; isHead: boolean };

type Column = { head: string; of: (question: AssessmentQuestion) => number | null; empty: string };

/** What was handed in, with what the office holds beside it: the one never changes the other. */
export function AssessmentResult({ form, isHead }: Props) {
  const { t } = useTranslation();
  const columns: Column[] = [
    ...(isHead
      ? [{ head: t("assessment.headLevel"), of: (row: AssessmentQuestion) => row.handed_in, empty: "–" }]
      : []),
    {
      head: t("assessment.selfLevel"),
      of: (row) => row.self_level,
      empty: isHead ? t("assessment.notYet") : "–",
    },
    { head: t("assessment.officialLevel"), of: (row) => row.official_level, empty: t("level.none") },
    { head: t("skills.target"), of: (row) => row.target, empty: t("gap.noTarget") },
  ];
  return (
    <CardTable
      caption={t("assessment.resultTable")}
      heads={[t("skills.competency"), ...columns.map(({ head }) => head)]}
    >
      {form.questions.map((question) => (
        <tr key={question.competency.key} className={ROW}>
          <th scope="row" className={`${CELL} font-bold`}>
            {question.competency.title}
          </th>
          {columns.map(({ head, of, empty }) => {
            const level = of(question);
            return (
              <td key={head} className={`${CELL} max-md:flex max-md:justify-between max-md:gap-4`}>
                <span className="text-dns-14N-130 text-solid-gray-700 md:hidden">{head}</span>
                {level === null ? (
                  <span className="text-solid-gray-700">{empty}</span>
                ) : (
                  <LevelMark level={level} />
                )}
              </td>
            );
          })}
        </tr>
      ))}
    </CardTable>
  );
}
