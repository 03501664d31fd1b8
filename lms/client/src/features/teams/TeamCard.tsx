import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { ComposedTeam, TeamMember, TeamPerson } from "../../api/contract";
import { Icon } from "../../components/Icon";
import { Tag, type TagTone } from "../../components/Tag";
import { CardTable, CELL, ROW } from "../coverage/CardTable";
import { type Choice, choiceFor, type Choices } from "./asking";

const PARTS = {
  mentor: { text: "teams.part.mentor", tone: "key" },
  learner: { text: "teams.part.learner", tone: "success" },
  member: { text: "teams.part.member", tone: "neutral" },
} as const satisfies Record<TeamMember["part"], { text: string; tone: TagTone }>;

const HEADS = [
  "teams.member.person",
  "teams.member.part",
  "teams.member.covers",
  "teams.member.hours",
  "teams.member.choice",
] as const;

type Props = {
  team: ComposedTeam;
  choices: Choices;
  onChoose: (choice: Choice, person: TeamPerson) => void;
};

/** One project's team: who, from where, for which needs, and who learns of whom. */
export function TeamCard({ team, choices, onChoose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const met = team.needs.filter(({ holders, asked }) => holders.length >= Math.max(asked, 1));
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-4 rounded-12 border border-solid-gray-420 p-4 md:p-6"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h3 id={id} className="text-std-20B-150">
          <Link to={`/projects/${encodeURIComponent(team.project.key)}`} className="link">
            {team.project.title}
          </Link>
        </h3>
        <p className="text-dns-16N-130 text-solid-gray-700 tabular-nums">
          {t("teams.card.sums", {
            people: team.members.length,
            hours: team.hours,
            met: met.length,
            needs: team.needs.length,
          })}
        </p>
      </div>
      {team.members.length === 0 ? (
        <p>{t("teams.card.nobody")}</p>
      ) : (
        <CardTable
          caption={t("teams.card.caption", { title: team.project.title })}
          heads={HEADS.map((head) => t(head))}
        >
          {team.members.map((member) => (
            <Line
              key={member.staff_number}
              member={member}
              team={team}
              choice={choiceFor(choices, member.staff_number, team.project.key)}
              onChoose={(choice) => {
                const { staff_number, name, section } = member;
                onChoose(choice, { staff_number, name, section });
              }}
            />
          ))}
        </CardTable>
      )}
      <Needs team={team} />
    </section>
  );
}

type LineProps = {
  member: TeamMember;
  team: ComposedTeam;
  choice: Choice;
  onChoose: (choice: Choice) => void;
};

function Line({ member, team, choice, onChoose }: LineProps) {
  const { t } = useTranslation();
  const covers = team.needs.filter(({ holders }) => holders.includes(member.staff_number));
  const names = new Map(team.members.map((one) => [one.staff_number, one.name]));
  const learns = team.lessons.filter(({ learner }) => learner === member.staff_number);
  const { text, tone } = PARTS[member.part];
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="block font-bold">{member.name}</span>
        <span className="block text-dns-14N-130 text-solid-gray-700">{member.section}</span>
      </th>
      <td className={CELL}>
        <Tag tone={tone}>{t(text)}</Tag>
      </td>
      <td className={CELL}>
        {covers.length === 0 && learns.length === 0 && "–"}
        <ul>
          {covers.map(({ competency }) => (
            <li key={competency.key}>{competency.title}</li>
          ))}
          {learns.map(({ competency, mentor }) => (
            <li key={competency.key} className="text-solid-gray-700">
              {t("teams.member.learns", { skill: competency.title, name: names.get(mentor) })}
            </li>
          ))}
        </ul>
      </td>
      <td className={`${CELL} whitespace-nowrap tabular-nums`}>
        <span className="md:hidden">{t("teams.member.hours")} </span>
        {t("teams.member.hoursOf", { count: member.hours })}
      </td>
      <td className={CELL}>
        <span className="flex flex-wrap gap-2">
          <Toggle
            isOn={choice === "pin"}
            text={t("teams.choice.pin")}
            label={t("teams.choice.pinFor", { name: member.name, project: team.project.title })}
            onToggle={(isOn) => onChoose(isOn ? "pin" : null)}
          />
          <Toggle
            isOn={choice === "forbid"}
            text={t("teams.choice.forbid")}
            label={t("teams.choice.forbidFor", { name: member.name, project: team.project.title })}
            onToggle={(isOn) => onChoose(isOn ? "forbid" : null)}
          />
        </span>
      </td>
    </tr>
  );
}

type ToggleProps = { isOn: boolean; text: string; label: string; onToggle: (isOn: boolean) => void };

function Toggle({ isOn, text, label, onToggle }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={label}
      onClick={() => onToggle(!isOn)}
      className="inline-flex min-h-9 items-center gap-1 rounded-6 border border-key-900 bg-white px-3 text-sm font-bold whitespace-nowrap text-key-900 hover:bg-key-200 hover:underline aria-pressed:bg-key-900 aria-pressed:text-white"
    >
      {isOn && <Icon name="check" className="size-4" />}
      {text}
    </button>
  );
}

/** Each need of the project, and who in the team has the level. */
function Needs({ team }: { team: ComposedTeam }) {
  const { t } = useTranslation();
  const names = new Map(team.members.map((one) => [one.staff_number, one.name]));
  return (
    <details>
      <summary className="w-fit cursor-pointer py-1 font-bold">
        {t("teams.card.needs", { count: team.needs.length })}
      </summary>
      <ul className="flex flex-col gap-2 pt-2">
        {team.needs.map(({ competency, level, is_must: isMust, asked, holders }) => (
          <li key={competency.key} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-bold">{competency.title}</span>
            <span>{t("coverage.levelUp", { level })}</span>
            {isMust && <Tag tone="error">{t("suggestions.must")}</Tag>}
            <Tag tone={holders.length >= asked && holders.length > 0 ? "success" : "warning"}>
              {t("teams.card.holders", { given: holders.length, asked })}
            </Tag>
            <span className="text-solid-gray-700">
              {holders.map((one) => names.get(one) ?? one).join(t("common.comma"))}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
