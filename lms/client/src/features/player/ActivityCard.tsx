import type { ReactNode } from "react";

import type { Activity } from "../../api/contract";
import { ActivityResult } from "./ActivityResult";

type Props = {
  activity: Activity;
  /** What it is among the lesson's activities, e.g. 演習1. */
  name: string;
  /** How it stands; left out = done or not, and the scores. */
  result?: ReactNode;
  className: string;
  children: ReactNode;
};

/** An activity of a lesson in its frame: which it is, how it stands, and what is done in it. */
export function ActivityCard({ activity, name, result, className, children }: Props) {
  const id = `activity-${activity.key}`;
  return (
    <section aria-labelledby={id} className="rounded-12 border border-solid-gray-420">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-solid-gray-200 px-4 py-3 md:px-6">
        <h3 id={id} className="text-std-18B-160">
          <span className="mr-2 text-dns-14B-130 text-solid-gray-700">
            {name}
          </span>{" "}
          {activity.title}
        </h3>
        {result ?? <ActivityResult activity={activity} />}
      </header>
      <div className={className}>{children}</div>
    </section>
  );
}
