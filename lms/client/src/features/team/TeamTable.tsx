import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { DutyRow } from "../../api/contract";
import { Button } from "../../components/Button";
import { ProgressBar } from "../../components/ProgressBar";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { DueDate } from "../course/DueDate";
import { personSuggestionsAddress } from "../suggestions/addresses";
import { nudge } from "./queries";

const CELL = "px-3 py-3 align-top max-md:block max-md:px-4 max-md:py-1";

const HEADS = ["team.who", "team.course", "team.due", "team.progress", "team.why"] as const;

/** One row a person and course; on a narrow screen each row is a card. */
export function TeamTable({ rows }: { rows: DutyRow[] }) {
  const { t } = useTranslation();
  return (
    <table className="w-full border-collapse text-left max-md:block">
      <caption className="sr-only">{t("team.table")}</caption>
      <thead className="border-b-2 border-solid-gray-420 bg-solid-gray-50 max-md:sr-only">
        <tr>
          {HEADS.map((head) => (
            <th key={head} scope="col" className="px-3 py-2 text-dns-14B-130">
              {t(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:flex max-md:flex-col max-md:gap-4">
        {rows.map((row) => (
          <DutyLine key={`${row.person.staff_number} ${row.course.key}`} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function DutyLine({ row }: { row: DutyRow }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { person, course, department } = row;
  return (
    <tr className="border-b border-solid-gray-300 max-md:block max-md:rounded-8 max-md:border max-md:py-2">
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="block font-bold">{person.name}</span>
        <span className="block text-dns-14N-130 text-solid-gray-700">
          {department.title} {person.staff_number}
        </span>
        <Link
          to={personSuggestionsAddress(person.staff_number)}
          className="link inline-block py-1 text-dns-14N-130"
        >
          <span className="sr-only">{t("suggestions.of", { name: person.name })}</span>
          {t("suggestions.link")}
        </Link>
      </th>
      <td className={CELL}>{course.title}</td>
      <td className={CELL}>
        {row.completed_at !== null ? (
          <Tag tone="success">{t("team.done", { date: date(row.completed_at) })}</Tag>
        ) : row.due_on === null ? (
          t("team.noDue")
        ) : (
          <DueDate dueOn={row.due_on} />
        )}
      </td>
      <td className={`${CELL} md:min-w-48`}>
        <ProgressBar
          progress={row.progress}
          label={t("team.progressOf", { name: person.name, course: course.title })}
        />
      </td>
      <td className={CELL}>
        {row.reason?.text}
        {row.is_overdue && <Nudge row={row} />}
      </td>
    </tr>
  );
}

/** One click reminds; afterwards it says what came of it. */
function Nudge({ row }: { row: DutyRow }) {
  const { t } = useTranslation();
  const nudging = useMutation({ mutationFn: () => nudge(row) });
  return (
    <div className="mt-2 flex flex-wrap items-center gap-3">
      {!nudging.isSuccess && (
        <Button
          variant="outline"
          size="sm"
          disabled={nudging.isPending}
          aria-label={t("team.nudgeFor", { name: row.person.name, course: row.course.title })}
          onClick={() => nudging.mutate()}
        >
          {t("team.nudge")}
        </Button>
      )}
      <span role="status" className="text-dns-14N-130">
        {nudging.isSuccess && t(nudging.data ? "team.nudged" : "team.nudgedToday")}
        {nudging.isError && t("team.nudgeFailed")}
      </span>
    </div>
  );
}
