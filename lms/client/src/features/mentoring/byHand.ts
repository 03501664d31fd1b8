type Numbered = { staff_number: string };

/** A pair as the DX office puts it together; null, "" = not chosen yet. */
export type ByHand<P extends Numbered> = {
  mentor: P | null;
  learner: P | null;
  competency: string;
  level: number;
};

export const NOBODY = { mentor: null, learner: null, competency: "", level: 2 } as const;

/** As it is sent; null = something is not chosen yet. */
export function askedByHand({ mentor, learner, competency, level }: ByHand<Numbered>) {
  if (mentor === null || learner === null || competency === "") return null;
  return { mentor: mentor.staff_number, learner: learner.staff_number, competency, level };
}
