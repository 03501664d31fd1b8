import type { MentorPair } from "../../api/contract";

/** Whether the reader has yet to say yes or no. */
export function awaitsMyAnswer(pair: MentorPair): boolean {
  if (pair.state !== "proposed") return false;
  return (pair.side === "learner" ? pair.learner_agrees : pair.mentor_agrees) === null;
}

/** The reader's own pairs: those that wait for an answer, those that run, and what is over. */
export function byStanding(pairs: MentorPair[]) {
  return {
    offers: pairs.filter(awaitsMyAnswer),
    running: pairs.filter(
      (pair) => pair.state === "agreed" || (pair.state === "proposed" && !awaitsMyAnswer(pair)),
    ),
    over: pairs.filter(({ state }) => state === "declined" || state === "ended"),
  };
}
