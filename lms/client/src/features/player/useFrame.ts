import { type RefObject, useEffect, useRef, useState } from "react";

import type { PlayerPlace } from "../../api/contract";
import { useSetting } from "../course/setting";
import { putActivityState, StateSaver, UnsavedState } from "./activityState";
import { readMessage, startMessage } from "./messages";
import { statementQueue } from "./statementQueue";
import { shapeStatement } from "./statements";

const RENDER_TIMEOUT = 30_000;
const MAX_HEIGHT = 20_000;

export type FrameState = {
  phase: "loading" | "rendered" | "failed";
  height: number | null;
  message: string;
  isStateLost: boolean;
};

const LOADING: FrameState = { phase: "loading", height: null, message: "", isStateLost: false };

/**
 * Holds the conversation with one player frame: starts it, listens, sends on what it says.
 * `stateUrl` null: its state is kept for this showing only.
 */
export function useFrame(
  frame: RefObject<HTMLIFrameElement | null>,
  launch: PlayerPlace,
  stateUrl: string | null,
  savedState: string | null,
): FrameState {
  const { record } = useSetting();
  const [state, setState] = useState<FrameState>(LOADING);
  const latest = useRef(savedState);

  useEffect(() => {
    const change = (part: Partial<FrameState>) => setState((before) => ({ ...before, ...part }));
    const saver = new StateSaver(
      (data) => (stateUrl === null ? Promise.resolve() : putActivityState(stateUrl, data)),
      (isSaved) => change({ isStateLost: !isSaved }),
      stateUrl === null || statementQueue.owner === null
        ? null
        : new UnsavedState(statementQueue.owner, stateUrl, latest.current),
    );
    const timeout = setTimeout(
      () => setState((before) => (before.phase === "loading" ? { ...before, phase: "failed" } : before)),
      RENDER_TIMEOUT,
    );

    const onMessage = (event: MessageEvent) => {
      // The frame's origin is opaque ("null"), so only the window tells who speaks.
      const player = frame.current?.contentWindow;
      if (!player || event.source !== player) return;
      const message = readMessage(event.data);
      switch (message?.type) {
        case "ready":
          player.postMessage(
            startMessage({
              state: latest.current,
              language: launch.language,
              title: launch.title,
              iri: launch.iri,
            }),
            "*",
          );
          break;
        case "rendered":
          change({ phase: "rendered" });
          break;
        case "resize":
          change({ height: Math.min(Math.max(Math.ceil(message.height), 0), MAX_HEIGHT) });
          break;
        case "statement":
          record(shapeStatement(message.statement, launch, new Date()));
          break;
        case "state":
          latest.current = message.data;
          saver.save(message.data);
          break;
        case "error":
          change({ phase: "failed", message: message.message });
          break;
      }
    };
    const onLeave = () => void saver.flush();
    // A phone may end a page in the background without another word.
    const onHide = () => document.visibilityState === "hidden" && onLeave();

    window.addEventListener("message", onMessage);
    window.addEventListener("pagehide", onLeave);
    window.addEventListener("online", onLeave);
    document.addEventListener("visibilitychange", onHide);
    return () => {
      window.removeEventListener("message", onMessage);
      window.removeEventListener("pagehide", onLeave);
      window.removeEventListener("online", onLeave);
      document.removeEventListener("visibilitychange", onHide);
      clearTimeout(timeout);
      void saver.flush();
    };
  }, [frame, launch, stateUrl, record]);

  return state;
}
