import { useTranslation } from "react-i18next";

import type { Activity } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { Tag } from "../../components/Tag";
import { useSetting } from "../course/setting";
import { ActivityCard } from "../player/ActivityCard";
import { SessionList } from "./SessionList";

type Props = { courseKey: string; activity: Activity };

/** A workshop of a lesson: it is done by being there, so its sessions are what it shows. */
export function WorkshopFrame({ courseKey, activity }: Props) {
  const { t } = useTranslation();
  const { hasSessions } = useSetting();
  return (
    <ActivityCard
      activity={activity}
      name={t("workshop.name")}
      result={
        <Tag tone={activity.done ? "success" : "neutral"}>
          {t(activity.done ? "workshop.attendedIt" : "workshop.notAttendedYet")}
        </Tag>
      }
      className="flex flex-col gap-4 p-4 md:p-6"
    >
      <p>{t("workshop.help")}</p>
      {hasSessions ? (
        <SessionList courseKey={courseKey} workshopKey={activity.key} />
      ) : (
        <EmptyState>{t("workshop.inReview")}</EmptyState>
      )}
    </ActivityCard>
  );
}
