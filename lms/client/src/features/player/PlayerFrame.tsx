import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Activity, PlayerPlace } from "../../api/contract";
import { useSetting } from "../course/setting";
import { ActivityCard } from "./ActivityCard";
import { ErrorState } from "../../components/ErrorState";
import { Skeleton } from "../../components/Skeleton";
import { useFrame } from "./useFrame";

type Props = { courseKey: string; activity: Activity; number: number };

/** One interactive exercise of a lesson, played in a frame of another origin. */
export function PlayerFrame({ courseKey, activity, number }: Props) {
  const { t } = useTranslation();
  const { launch } = useSetting();
  const { data, error, refetch, dataUpdatedAt } = useQuery(
    launch(courseKey, activity.key),
  );
  const retry = () => void refetch();

  return (
    <ActivityCard
      activity={activity}
      name={t("player.exercise", { number })}
      className="p-2 md:p-4"
    >
      {error !== null ? (
        <ErrorState error={error} onRetry={retry} />
      ) : data === undefined ? (
        <Skeleton className="h-48" />
      ) : (
        // A new launch is a new player.
        <Frame
          key={dataUpdatedAt}
          launch={data.launch}
          stateUrl={data.stateUrl}
          savedState={data.state}
          title={activity.title}
          onRetry={retry}
        />
      )}
    </ActivityCard>
  );
}

type FrameProps = {
  launch: PlayerPlace;
  stateUrl: string | null;
  savedState: string | null;
  title: string;
  onRetry: () => void;
};

function Frame({ launch, stateUrl, savedState, title, onRetry }: FrameProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  const { phase, height, message, isStateLost } = useFrame(
    frame,
    launch,
    stateUrl,
    savedState,
  );

  if (phase === "failed") {
    return (
      <ErrorState
        title={t("player.failed")}
        detail={message === "" ? t("player.timedOut") : message}
        onRetry={onRetry}
      />
    );
  }
  return (
    <div className="relative">
      {phase === "loading" && <Skeleton className="absolute inset-0 min-h-48" />}
      <iframe
        ref={frame}
        src={launch.player_url}
        title={t("player.frameTitle", { title })}
        sandbox="allow-scripts"
        className="block w-full"
        style={{ height: height ?? 192 }}
      />
      {isStateLost && (
        <p role="status" className="mt-2 text-dns-14N-130 text-solid-gray-700">
          {t("player.stateNotSaved")}
        </p>
      )}
    </div>
  );
}
