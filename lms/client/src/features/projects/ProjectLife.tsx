import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Project, ProjectStatus, ProjectWay } from "../../api/contract";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Tag } from "../../components/Tag";
import { UndoDialog } from "./UndoDialog";
import { StepDialog } from "./StepDialog";
import { STATUS_NAMES, WHO_NAMES } from "./words";

const LINE: ProjectStatus[] = ["proposed", "assessed", "approved", "running", "measured", "closed"];

/** How far the project is, what may come next, by whose word, and what is still missing. */
export function ProjectLife({ project }: { project: Project }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<ProjectWay | "undo" | null>(null);
  const mine = new Set(project.next_steps.map(({ step, to }) => `${step} ${to}`));
  return (
    <section aria-labelledby="project-life" className="flex flex-col gap-4">
      <h2 id="project-life" className="text-std-22B-150">
        {t("projectLife.title")}
      </h2>
      <Line status={project.status} />
      {project.ways.length === 0 ? (
        <p>{t("projectLife.over")}</p>
      ) : (
        <ul aria-label={t("projectLife.next")} className="flex flex-col gap-3">
          {[...project.ways]
            .sort((a, b) => Number(b.is_onward) - Number(a.is_onward))
            .map((way) => (
            <WayLine
              key={`${way.step} ${way.to}`}
              way={way}
              isMine={mine.has(`${way.step} ${way.to}`)}
              onTake={() => setAsked(way)}
            />
            ))}
        </ul>
      )}
      {project.may_undo && (
        <div>
          <Button variant="text" onClick={() => setAsked("undo")}>
            {t("projectLife.undo")}
          </Button>
        </div>
      )}
      {asked === "undo" ? (
        <UndoDialog project={project} onClose={() => setAsked(null)} />
      ) : (
        asked !== null && (
          <StepDialog project={project} way={asked} onClose={() => setAsked(null)} />
        )
      )}
    </section>
  );
}

function Line({ status }: { status: ProjectStatus }) {
  const { t } = useTranslation();
  const place = LINE.indexOf(status);
  return (
    <ol aria-label={t("projectLife.line")} className="flex flex-wrap items-center gap-y-2 text-dns-16N-130">
      {LINE.map((one, index) => (
        <li key={one} className="flex items-center" {...(index === place && { "aria-current": "step" })}>
          {index > 0 && <Icon name="chevronRight" className="mx-1 size-4 text-solid-gray-536" />}
          <span
            className={
              index === place
                ? "rounded-4 bg-key-900 px-2 py-1 font-bold text-white"
                : index < place
                  ? "text-solid-gray-900"
                  : "text-solid-gray-600"
            }
          >
            {t(STATUS_NAMES[one])}
          </span>
        </li>
      ))}
    </ol>
  );
}

type WayProps = { way: ProjectWay; isMine: boolean; onTake: () => void };

function WayLine({ way, isMine, onTake }: WayProps) {
  const { t } = useTranslation();
  const who = way.who
    .map(({ part, names }) =>
      names.length === 0
        ? t(WHO_NAMES[part])
        : t("projectLife.named", {
            who: t(WHO_NAMES[part]),
            names: names.join(t("common.comma")),
          }),
    )
    .join(t("common.dot"));
  return (
    <li
      className={`flex flex-wrap items-start justify-between gap-x-6 gap-y-3 rounded-8 border p-4 ${way.is_onward ? "border-key-900" : "border-solid-gray-420"}`}
    >
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1 text-dns-16N-130">
        <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-std-16B-170">
          {way.title}
          <span className="text-dns-14N-130 font-normal text-solid-gray-700">
            {t("projectLife.to", { status: t(STATUS_NAMES[way.to]) })}
          </span>
          {isMine && way.missing.length === 0 && way.is_onward && (
            <Tag tone="success">{t("projectLife.ready")}</Tag>
          )}
        </h3>
        <p>{t("board.by", { who })}</p>
        {way.by_another && <p className="text-solid-gray-700">{t("projectLife.byAnother")}</p>}
        {way.needs_reason && <p className="text-solid-gray-700">{t("projectLife.withReason")}</p>}
        {way.missing.length > 0 && (
          <>
            <p className="font-bold">{t("projectLife.missing")}</p>
            <ul className="list-disc pl-6">
              {way.missing.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      {isMine && (
        <Button
          variant={way.is_onward && way.missing.length === 0 ? "solid" : "outline"}
          size={way.is_onward ? "md" : "sm"}
          onClick={onTake}
        >
          {way.title}
        </Button>
      )}
    </li>
  );
}
