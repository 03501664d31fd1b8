import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { MyWorkshopSession } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { courseAddress, lessonAddress } from "../course/addresses";
import { placeOf } from "./place";
import { mySessionsQuery } from "./queries";
import { standingOf } from "./seat";
import { STANDINGS } from "./texts";

/** The workshops I go to next; nothing where there are none. */
export function MyWorkshops() {
  const { t } = useTranslation();
  const id = useId();
  const { data = [] } = useQuery(mySessionsQuery);
  if (data.length === 0) return null;
  return (
    <section aria-labelledby={id} className="mb-4 flex flex-col gap-4">
      <h2 id={id} className="text-std-22B-150">
        {t("workshop.mine")}
      </h2>
      <ul className="flex flex-col rounded-12 border border-solid-gray-420">
        {data.map((session) => (
          <Row key={session.uuid} session={session} />
        ))}
      </ul>
    </section>
  );
}

function Row({ session }: { session: MyWorkshopSession }) {
  const { t } = useTranslation();
  const { timeSpan } = useFormat();
  const { course, lesson_key } = session;
  const standing = standingOf(session);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-solid-gray-200 p-4 not-first:border-t md:px-6">
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-bold">
          <time dateTime={session.starts_at}>
            {timeSpan(session.starts_at, session.ends_at)}
          </time>
        </p>
        <Link
          className="link"
          to={lesson_key === "" ? courseAddress(course.key) : lessonAddress(course.key, lesson_key)}
        >
          {course.title}
        </Link>
        <p className="text-dns-16N-130 text-solid-gray-700">
          {standing === "cancelled"
            ? session.cancelled_reason
            : placeOf(session, t("workshop.online"))}
        </p>
      </div>
      <Tag tone={standing === "registered" ? "success" : standing === "cancelled" ? "error" : "warning"}>
        {t(STANDINGS[standing], { place: session.mine?.place_in_line ?? 0 })}
      </Tag>
    </li>
  );
}
