import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Project, ProjectMember } from "../../api/contract";
import { useMe } from "../../app/useMe";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { CardTable, CELL, ROW } from "../coverage/CardTable";
import { AddMemberDialog } from "./AddMemberDialog";
import { ConfirmDialog } from "./ConfirmDialog";
import { LeaveDialog } from "./LeaveDialog";
import { WithdrawDialog } from "./WithdrawDialog";
import { PART_NAMES } from "./words";

const HEADS = [
  "projectTeam.name",
  "projectTeam.part",
  "projectTeam.stretch",
  "projectTeam.hours",
  "projectTeam.work",
] as const;

type Asked = { what: "leave" | "confirm" | "withdraw"; member: ProjectMember } | { what: "add" };

/** Who is in the project; for whoever looks after it, to change that and to confirm their work. */
export function ProjectTeam({ project }: { project: Project }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const { team } = project;
  const isOpen = project.status === "approved" || project.status === "running";
  return (
    <section aria-labelledby="project-team" className="flex flex-col gap-4">
      <h2 id="project-team" className="text-std-22B-150">
        {t("projectTeam.title")}
      </h2>
      <p className="tabular-nums">
        {t("board.places", { taken: team.taken, places: team.places })}
        {team.taken < team.places && t("board.left", { count: team.places - team.taken })}
      </p>
      {team.members === null ? (
        <p className="text-solid-gray-700">{t("projectTeam.unnamed")}</p>
      ) : team.members.length === 0 ? (
        <EmptyState>{t("projectTeam.empty")}</EmptyState>
      ) : (
        <CardTable
          caption={t("projectTeam.title")}
          heads={[...HEADS, ...(team.may_change ? (["projectTeam.actions"] as const) : [])].map((head) =>
            t(head),
          )}
        >
          {team.members.map((member) => (
            <MemberLine
              key={`${member.staff_number} ${member.joined_on}`}
              project={project}
              member={member}
              onAsk={(what) => setAsked({ what, member })}
            />
          ))}
        </CardTable>
      )}
      {team.may_change && isOpen && (
        <div>
          <Button variant="outline" onClick={() => setAsked({ what: "add" })}>
            {t("projectTeam.add")}
          </Button>
        </div>
      )}
      {asked?.what === "add" && <AddMemberDialog project={project} onClose={close} />}
      {asked?.what === "leave" && (
        <LeaveDialog project={project} member={asked.member} onClose={close} />
      )}
      {asked?.what === "confirm" && (
        <ConfirmDialog project={project} member={asked.member} onClose={close} />
      )}
      {asked?.what === "withdraw" && (
        <WithdrawDialog project={project} member={asked.member} onClose={close} />
      )}
    </section>
  );
}

type LineProps = {
  project: Project;
  member: ProjectMember;
  onAsk: (what: "leave" | "confirm" | "withdraw") => void;
};

function MemberLine({ project, member, onAsk }: LineProps) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const me = useMe().employee?.staff_number;
  const isDone = project.status === "measured" || project.status === "closed";
  const isConfirmed = member.confirmed_at !== null;
  const action = (what: "leave" | "confirm" | "withdraw", text: string, named: string) => (
    <Button variant="outline" size="sm" aria-label={named} onClick={() => onAsk(what)}>
      {text}
    </Button>
  );
  const { name } = member;
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="font-bold">{name}</span>
        <span className="block text-dns-14N-130 text-solid-gray-700">{member.staff_number}</span>
      </th>
      <td className={CELL}>{t(PART_NAMES[member.part])}</td>
      <td className={CELL}>
        {member.left_on === null
          ? t("projectTeam.since", { date: date(member.joined_on) })
          : t("projectPage.fromTo", { from: date(member.joined_on), to: date(member.left_on) })}
      </td>
      <td className={`${CELL} tabular-nums`}>
        {t("projectPage.hoursAWeek", { hours: member.hours_per_week ?? project.hours_per_week })}
      </td>
      <td className={CELL}>
        {member.confirmed_at !== null ? (
          <Tag tone="success">
            {t("projectTeam.confirmedOn", { date: date(member.confirmed_at) })}
          </Tag>
        ) : (
          <span className="text-solid-gray-700">
            {t(isDone ? "projectTeam.notConfirmed" : "projectTeam.notYet")}
          </span>
        )}
      </td>
      {project.team.may_change && (
        <td className={CELL}>
          <div className="flex flex-wrap gap-2">
            {isDone &&
              !isConfirmed &&
              member.staff_number !== me &&
              action("confirm", t("projectTeam.confirm"), t("projectTeam.confirmOf", { name }))}
            {isConfirmed &&
              member.staff_number !== me &&
              action("withdraw", t("projectTeam.withdraw"), t("projectTeam.withdrawOf", { name }))}
            {member.left_on === null &&
              action("leave", t("projectTeam.leave"), t("projectTeam.leaveOf", { name }))}
          </div>
        </td>
      )}
    </tr>
  );
}
