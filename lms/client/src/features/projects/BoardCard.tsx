import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { ProjectCard } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { officeDay } from "../../i18n/dates";
import { useFormat } from "../../i18n/useFormat";
import { projectAddress } from "./addresses";
import { PHASE_NAMES, WHO_NAMES } from "./words";

/** A project on the board: what it waits for, since when, and what it saves. */
export function BoardCard({ card }: { card: ProjectCard }) {
  const { t } = useTranslation();
  const { date, number } = useFormat();
  const { waits_for: waiting, benefit } = card;
  const today = officeDay(new Date());
  const late = card.due.filter((row) => row.due_on <= today);
  return (
    <li
      className={`flex flex-col gap-2 rounded-8 border p-3 text-dns-14N-130 ${card.is_my_turn ? "border-2 border-key-900 bg-key-50" : "border-solid-gray-420 bg-white"}`}
    >
      {card.is_my_turn && (
        <span>
          <Tag tone="key">{t("board.myTurn")}</Tag>
        </span>
      )}
      <h3 className="text-std-16B-170">
        <Link to={projectAddress(card.key)} className="link">
          {card.title}
        </Link>
      </h3>
      <p className="text-solid-gray-700">
        {t("board.measureOf", { measure: card.measure })}
        {card.department !== null && ` ${card.department.title}`}
      </p>
      <p className="tabular-nums">
        {t("board.places", { taken: card.taken, places: card.places })}
        {card.taken < card.places && (
          <span className="inline-block text-solid-gray-700">
            {t("board.left", { count: card.places - card.taken })}
          </span>
        )}
      </p>
      {waiting !== null && (
        <div className="border-t border-solid-gray-300 pt-2">
          <p>
            {t("board.next")}
            <span className="font-bold">{waiting.title}</span>
          </p>
          <p>
            {t("board.by", { who: waiting.who.map((who) => t(WHO_NAMES[who])).join(t("common.dot")) })}
          </p>
          {waiting.missing.length > 0 && (
            <p className="text-solid-gray-700">
              {t("board.missing", { count: waiting.missing.length })}
            </p>
          )}
        </div>
      )}
      {card.since !== null && (
        <p className="text-solid-gray-700">{t("board.since", { date: date(card.since) })}</p>
      )}
      {(benefit.forecast !== null || benefit.measured !== null) && (
        <dl className="flex flex-col border-t border-solid-gray-300 pt-2 tabular-nums">
          {benefit.forecast !== null && (
            <div className="flex flex-wrap justify-between gap-x-2 whitespace-nowrap">
              <dt>{t("board.forecast")}</dt>
              <dd>{t("board.hours", { hours: number(benefit.forecast.saved, 0) })}</dd>
            </div>
          )}
          {benefit.measured !== null && (
            <div className="flex flex-wrap justify-between gap-x-2 whitespace-nowrap">
              <dt>{t("board.measured")}</dt>
              <dd className="font-bold">
                {t("board.hours", { hours: number(benefit.measured.saved, 0) })}
              </dd>
            </div>
          )}
        </dl>
      )}
      {late.map((row) => (
        <p key={row.phase}>
          <Tag tone="warning" wraps>
            {t("board.due", { phase: t(PHASE_NAMES[row.phase]) })}
          </Tag>
        </p>
      ))}
    </li>
  );
}
