import { describe, expect, it } from "vitest";

import { createLevelQueue, type Levels, type SaveState } from "./levelQueue";

function desk() {
  const sent: Levels[] = [];
  const states: SaveState[] = [];
  const answers: { good: () => void; bad: () => void }[] = [];
  const queue = createLevelQueue(
    (levels) => {
      sent.push(levels);
      return new Promise<void>((resolve, reject) => {
        answers.push({ good: resolve, bad: () => reject(new Error("offline")) });
      });
    },
    (state) => states.push(state),
  );
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { queue, sent, states, answers, settled };
}

describe("the queue of levels", () => {
  it("sends one after the other, and what came meanwhile together", async () => {
    const { queue, sent, states, answers, settled } = desk();
    queue.add("A", 1);
    queue.add("B", 2);
    queue.add("B", 3);
    expect(sent).toEqual([{ A: 1 }]);
    answers[0]?.good();
    await settled();
    expect(sent).toEqual([{ A: 1 }, { B: 3 }]);
    answers[1]?.good();
    await settled();
    expect(states.at(-1)).toBe("saved");
  });

  it("keeps what failed and sends it with the next, the newer choice winning", async () => {
    const { queue, sent, states, answers, settled } = desk();
    queue.add("A", 1);
    queue.add("A", 4);
    answers[0]?.bad();
    await settled();
    expect(states.at(-1)).toBe("failed");
    queue.add("B", 2);
    expect(sent.at(-1)).toEqual({ A: 4, B: 2 });
  });

  it("tries again when asked, and forgets what was handed in", async () => {
    const { queue, sent, answers, settled } = desk();
    queue.add("A", 1);
    answers[0]?.bad();
    await settled();
    queue.retry();
    expect(sent).toEqual([{ A: 1 }, { A: 1 }]);
    answers[1]?.bad();
    await settled();
    queue.clear();
    queue.retry();
    expect(sent).toHaveLength(2);
  });
});
