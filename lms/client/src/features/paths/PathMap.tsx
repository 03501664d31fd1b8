import { useId, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { LearningPath } from "../../api/contract";
import { type Box, lineBetween, stagesOf } from "./drawing";
import { NodeCard } from "./NodeCard";

/** More columns than this would be too narrow to read: the path then runs downwards. */
const MOST_COLUMNS = 4;

/**
 * The path drawn as a path: stages side by side, or below each other where there is no room. The
 * lines say nothing that the cards do not say in words.
 */
export function PathMap({ path }: { path: LearningPath }) {
  const { t } = useTranslation();
  const stages = stagesOf(path.nodes);
  const isWide = stages.length <= MOST_COLUMNS;
  const frame = useRef<HTMLDivElement>(null);
  const lines = useLines(frame, path);

  return (
    <div ref={frame} className="relative isolate">
      <Lines lines={lines} />
      <ol
        style={{ "--stages": stages.length } as React.CSSProperties}
        className={`grid gap-x-12 gap-y-8 max-lg:pl-7 ${isWide ? "lg:grid-cols-[repeat(var(--stages),minmax(0,1fr))]" : "pl-7"}`}
      >
        {stages.map((nodes, index) => (
          <li key={nodes[0]?.course.key} className="flex min-w-0 flex-col gap-3">
            <h3 className="text-dns-16B-130 text-solid-gray-700">
              {t("paths.stage", { number: index + 1 })}
              {nodes.length > 1 && (
                <span className="ml-2 font-normal">{t("paths.anyOrder")}</span>
              )}
            </h3>
            <ul className="flex flex-col gap-4">
              {nodes.map((node) => (
                <NodeCard key={node.course.key} node={node} isNext={node.course.key === path.next?.key} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  );
}

type Line = { key: string; d: string; isDone: boolean };

function Lines({ lines }: { lines: Line[] }) {
  const id = useId();
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 -z-10 size-full overflow-visible">
      <defs>
        <marker id={id} viewBox="0 0 10 10" refX="3" refY="5" markerWidth="5" markerHeight="5" orient="auto">
          <path d="M0 0 10 5 0 10z" className="fill-solid-gray-536" />
        </marker>
      </defs>
      {lines.map(({ key, d, isDone }) => (
        <path
          key={key}
          d={d}
          fill="none"
          strokeWidth="2.5"
          {...(!isDone && { strokeDasharray: "6 5" })}
          markerEnd={`url(#${id})`}
          className="stroke-solid-gray-536"
        />
      ))}
    </svg>
  );
}

/** The lines between the cards as they stand now; anew whenever the frame changes its size. */
function useLines(frame: React.RefObject<HTMLDivElement | null>, path: LearningPath): Line[] {
  const [lines, setLines] = useState<Line[]>([]);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const draw = () => {
      const origin = element.getBoundingClientRect();
      const boxes = new Map<string, Box>();
      for (const card of element.querySelectorAll<HTMLElement>("[data-course]")) {
        const { left, top, right, bottom } = card.getBoundingClientRect();
        boxes.set(card.dataset.course ?? "", {
          left: left - origin.left,
          top: top - origin.top,
          right: right - origin.left,
          bottom: bottom - origin.top,
        });
      }
      const done = new Set(
        path.nodes.filter(({ state }) => state === "done").map(({ course }) => course.key),
      );
      setLines(
        path.edges.flatMap(({ before, after }) => {
          const from = boxes.get(before);
          const to = boxes.get(after);
          if (from === undefined || to === undefined) return [];
          const d = lineBetween(from, to);
          return [{ key: `${before} ${after}`, d, isDone: done.has(before) }];
        }),
      );
    };
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    draw();
    return () => observer.disconnect();
  }, [frame, path]);
  return lines;
}
