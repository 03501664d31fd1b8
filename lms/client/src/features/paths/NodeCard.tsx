import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { PathNode } from "../../api/contract";
import { Icon, type IconName } from "../../components/Icon";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { DueDate } from "../course/DueDate";
import { LockedBy } from "../course/LockedBy";
import { courseAddress } from "../course/addresses";

type State = PathNode["state"];

/** Each state has its sign and its frame besides its words. */
const SIGNS = {
  done: { icon: "success", text: "paths.states.done", sign: "text-success-2", frame: "border-success-2" },
  running: { icon: "half", text: "paths.states.running", sign: "text-key-900", frame: "border-2 border-key-900" },
  open: { icon: "circle", text: "paths.states.open", sign: "text-key-900", frame: "border-key-900" },
  locked: { icon: "lock", text: "paths.states.locked", sign: "text-solid-gray-700", frame: "border-dashed border-solid-gray-536" },
  closed: { icon: "minus", text: "paths.states.closed", sign: "text-solid-gray-700", frame: "border-dotted border-solid-gray-536" },
} as const satisfies Record<State, { icon: IconName; sign: string; frame: string; text: string }>;

export function NodeCard({ node, isNext }: { node: PathNode; isNext: boolean }) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const { course, state, progress } = node;
  const { icon, sign, frame, text } = SIGNS[state];
  return (
    <li
      data-course={course.key}
      data-state={state}
      className={`flex flex-col gap-2 rounded-12 border bg-white p-4 ${frame} ${isNext ? "shadow-2 ring-4 ring-key-200" : ""}`}
    >
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-dns-14B-130">
        <span className={`inline-flex items-center gap-1.5 ${sign}`}>
          <Icon name={icon} className="size-5" />
          {t(text)}
        </span>
        {isNext && <Tag tone="key">{t("paths.next")}</Tag>}
        {node.is_optional && <Tag tone="neutral">{t("paths.optional")}</Tag>}
        {node.is_mandatory && state !== "done" && <Tag tone="key">{t("course.mandatory")}</Tag>}
      </p>
      <p className="font-bold">
        {state === "closed" ? (
          course.title
        ) : (
          <Link to={courseAddress(course.key)} className="link">
            {course.title}
          </Link>
        )}
      </p>
      <p className="text-dns-14N-130 text-solid-gray-700">
        {t("course.minutes", { count: course.minutes })}
        {state === "running" && progress !== null && (
          <span className="ml-3">{t("paths.share", { share: percent(progress.fraction) })}</span>
        )}
      </p>
      {state !== "done" && node.due_on !== null && (
        <p className="text-dns-14N-130">
          <DueDate dueOn={node.due_on} isNamed />
        </p>
      )}
      <LockedBy courses={node.locked_by} />
    </li>
  );
}
