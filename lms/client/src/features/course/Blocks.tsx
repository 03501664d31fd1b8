import { Fragment } from "react";
import { useTranslation } from "react-i18next";

import type { Block, Course, Lesson } from "../../api/contract";
import { Icon, type IconName } from "../../components/Icon";
import { Skeleton } from "../../components/Skeleton";
import { fileSize } from "../../i18n/fileSize";
import { ExerciseFrame } from "../exercise/ExerciseFrame";
import { PlayerFrame } from "../player/PlayerFrame";
import { WorkshopFrame } from "../workshop/WorkshopFrame";
import { exercisesOf } from "./lessons";
import { useSetting } from "./setting";

type Props = { course: Course; lesson: Lesson; isEnrolled: boolean };

/** What the author put on the page, in its order. */
export function Blocks({ course, lesson, isEnrolled }: Props) {
  const { besideBlock: Beside } = useSetting();
  return lesson.blocks.map((block, index) => {
    const content =
      block.type === "workshop" ? (
        <Workshop activityKey={block.activity_key} course={course} lesson={lesson} />
      ) : block.type === "h5p" || block.type === "exercise" ? (
        <Exercise
          frame={block.type === "h5p" ? PlayerFrame : ExerciseFrame}
          activityKey={block.activity_key}
          course={course}
          lesson={lesson}
          isEnrolled={isEnrolled}
        />
      ) : (
        <StaticBlock block={block} />
      );
    return Beside === undefined ? (
      <Fragment key={block.id}>{content}</Fragment>
    ) : (
      <Beside key={block.id} lesson={lesson} block={block} number={index + 1}>
        {content}
      </Beside>
    );
  });
}

type ExerciseProps = Props & {
  activityKey: string;
  frame: typeof PlayerFrame | typeof ExerciseFrame;
};

type WorkshopProps = { activityKey: string; course: Course; lesson: Lesson };

/** Registering enrols, so there is nothing to wait for. */
function Workshop({ activityKey, course, lesson }: WorkshopProps) {
  const activity = lesson.activities.find(({ key }) => key === activityKey);
  return activity && <WorkshopFrame courseKey={course.key} activity={activity} />;
}

function Exercise({ frame: Frame, activityKey, course, lesson, isEnrolled }: ExerciseProps) {
  const exercises = exercisesOf(lesson);
  const place = exercises.findIndex((activity) => activity.key === activityKey);
  const activity = exercises[place];
  if (activity === undefined) return null;
  // Statements are accepted from enrolled learners only: the player waits for the enrolment.
  if (!isEnrolled) return <Skeleton className="h-64" />;
  return <Frame courseKey={course.key} activity={activity} number={place + 1} />;
}

function StaticBlock({ block }: { block: Exclude<Block, { type: "h5p" | "exercise" | "workshop" }> }) {
  switch (block.type) {
    case "rich_text":
      return <RichText html={block.html} />;
    case "image":
      return (
        <img
          src={block.url}
          width={block.width}
          height={block.height}
          alt={block.alt}
          className="h-auto max-w-full self-start rounded-8"
        />
      );
    case "video":
      return <Video block={block} />;
    case "document":
      return <Document block={block} />;
    case "callout":
      return <Callout block={block} />;
  }
}

/** The server has already removed whatever an author may not write. */
function RichText({ html }: { html: string }) {
  return <div className="rich-text" dangerouslySetInnerHTML={{ __html: html }} />;
}

function Video({ block }: { block: Extract<Block, { type: "video" }> }) {
  const { t, i18n } = useTranslation();
  return (
    <figure className="flex flex-col gap-2">
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- authors may have no captions yet; the transcript is below */}
      <video controls preload="metadata" className="w-full rounded-8 bg-black" aria-label={block.title}>
        <source src={block.url} type={block.content_type} />
        {block.captions_url !== null && (
          <track
            kind="captions"
            src={block.captions_url}
            srcLang={i18n.language}
            label={t("video.captions")}
            default
          />
        )}
      </video>
      <figcaption className="text-dns-16N-130 text-solid-gray-700">{block.title}</figcaption>
      {block.transcript !== "" && (
        <details>
          <summary className="link w-fit cursor-pointer">{t("video.transcript")}</summary>
          <p className="mt-2 whitespace-pre-line">{block.transcript}</p>
        </details>
      )}
    </figure>
  );
}

function Document({ block }: { block: Extract<Block, { type: "document" }> }) {
  return (
    <p className="flex items-center gap-3 rounded-8 border border-solid-gray-420 p-4">
      <Icon name="document" className="size-8 text-key-900" />
      <span>
        <a href={block.url} className="link font-bold">
          {block.title}
        </a>{" "}
        <span className="ml-2 text-dns-14N-130 text-solid-gray-700">
          {[
            block.extension.toUpperCase(),
            block.size_bytes === null ? "" : fileSize(block.size_bytes),
          ]
            .filter(Boolean)
            .join(" / ")}
        </span>
      </span>
    </p>
  );
}

type Tone = Extract<Block, { type: "callout" }>["tone"];

const CALLOUTS: Record<Tone, { frame: string; icon: IconName }> = {
  tip: { frame: "border-blue-900 bg-blue-50 [&>svg]:text-blue-900", icon: "info" },
  example: { frame: "border-success-2 bg-green-50 [&>svg]:text-success-2", icon: "document" },
  warning: {
    frame: "border-warning-yellow-2 bg-yellow-50 [&>svg]:text-warning-yellow-2",
    icon: "warning",
  },
};

const CALLOUT_NAMES = {
  tip: "callout.tip",
  example: "callout.example",
  warning: "callout.warning",
} as const;

function Callout({ block }: { block: Extract<Block, { type: "callout" }> }) {
  const { t } = useTranslation();
  const { frame, icon } = CALLOUTS[block.tone];
  const kind = t(CALLOUT_NAMES[block.tone]);
  return (
    <div
      role="note"
      className={`grid grid-cols-[auto_1fr] gap-x-3 gap-y-2 rounded-8 border-l-8 p-4 md:p-6 ${frame}`}
    >
      <Icon name={icon} className="mt-0.5 size-6" />
      <p className="font-bold text-solid-gray-900">
        {/* A title of the author's says what it is; the kind is then told by sign and colour. */}
        {block.title !== "" && <span className="sr-only">{kind + t("common.colon")}</span>}
        {block.title === "" ? kind : block.title}
      </p>
      <div className="col-span-2">
        <RichText html={block.html} />
      </div>
    </div>
  );
}
