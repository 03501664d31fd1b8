import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Statement } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { KeptQueue } from "./kept";
import { StatementQueue } from "./statementQueue";
import { lessonCompleted } from "./statements";

const IRI = "https://lms.example/xapi/activities/rpa-1";
const NOW = new Date("2026-11-23T01:02:03Z");

describe("StatementQueue", () => {
  const statement = (n: number): Statement => ({ ...lessonCompleted(`${IRI}/${n}`, NOW), id: String(n) });
  const offline = new TypeError("Failed to fetch");
  let post: ReturnType<typeof vi.fn<(statements: Statement[]) => Promise<void>>>;
  let queue: StatementQueue;
  let store: Storage;
  const openTab = () => new StatementQueue(post, new KeptQueue("statement", store));
  const sent = () => post.mock.calls.map(([batch]) => batch.map(({ id }) => id));

  beforeEach(() => {
    vi.useFakeTimers();
    store = memoryStore();
    post = vi.fn<(statements: Statement[]) => Promise<void>>().mockResolvedValue(undefined);
    queue = openTab();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("sends at once and tells who listens", async () => {
    const accepted = vi.fn();
    queue.onAccepted(accepted);
    await queue.add(statement(1));
    expect(sent()).toEqual([["1"]]);
    expect(accepted).toHaveBeenCalledOnce();
    expect(queue.status()).toEqual({ waiting: 0, isKept: true, isFailing: false, refusal: null });
  });

  it("keeps what could not be sent and sends it again with the same id", async () => {
    post.mockRejectedValueOnce(offline);
    await queue.add(statement(1));
    expect(queue.status()).toMatchObject({ waiting: 1, isFailing: true });
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent()).toEqual([["1"], ["1"]]);
    expect(queue.status()).toMatchObject({ waiting: 0, isFailing: false });
  });

  it("waits longer after each failure", async () => {
    post.mockRejectedValue(offline);
    await queue.add(statement(1));
    await vi.advanceTimersByTimeAsync(2000);
    expect(post).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(3999);
    expect(post).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(post).toHaveBeenCalledTimes(3);
  });

  it("sends what gathered meanwhile in one request, in order", async () => {
    post.mockRejectedValueOnce(offline).mockRejectedValueOnce(offline);
    await queue.add(statement(1));
    await queue.add(statement(2));
    await queue.send();
    expect(sent().at(-1)).toEqual(["1", "2"]);
  });

  it("gives up on a statement the server calls invalid, and says why", async () => {
    post.mockRejectedValueOnce(
      new ApiError(400, {
        type: "about:blank",
        title: "Invalid statement",
        status: 400,
        detail: "One statement is invalid.",
        code: "invalid_statement",
        errors: [{ place: "[0].verb.id", code: "not_an_iri", detail: "The verb is not an IRI." }],
      }),
    );
    await queue.add(statement(1));
    expect(queue.status()).toEqual({
      waiting: 0,
      isKept: true,
      isFailing: false,
      refusal: "The verb is not an IRI.",
    });
  });

  it("lets the good through when one of a batch is refused", async () => {
    post.mockRejectedValueOnce(offline).mockRejectedValueOnce(offline);
    await queue.add(statement(1));
    await queue.add(statement(2));
    post.mockImplementation((batch) =>
      batch.some(({ id }) => id === "1")
        ? Promise.reject(new ApiError(400, null))
        : Promise.resolve(),
    );
    await queue.send();
    expect(sent().slice(-2)).toEqual([["1"], ["2"]]);
    expect(queue.status()).toMatchObject({ waiting: 0, isFailing: false });
  });

  it("keeps what was refused for lack of an enrolment: that may yet come", async () => {
    post.mockRejectedValueOnce(new ApiError(403, null));
    await queue.add(statement(1));
    expect(queue.status()).toMatchObject({ waiting: 1, isFailing: true });
  });

  it("sends nothing while nobody is signed in, and everything once its owner is back", async () => {
    queue.setOwner("100001");
    queue.pause();
    await queue.add(statement(1));
    expect(post).not.toHaveBeenCalled();
    queue.setOwner("100001");
    await vi.runAllTimersAsync();
    expect(sent()).toEqual([["1"]]);
  });

  it("never sends one person's statements in the session of another", async () => {
    queue.setOwner("100001");
    queue.pause();
    await queue.add(statement(1));
    queue.setOwner("100002");
    await vi.runAllTimersAsync();
    expect(post).not.toHaveBeenCalled();
    expect(queue.status().waiting).toBe(0);
  });

  it("sends in a new tab what a closed one left, in order and with the same ids", async () => {
    post.mockRejectedValue(offline);
    queue.setOwner("100001");
    await queue.add(statement(1));
    await queue.add(statement(2));
    queue.pause(); // The tab is closed.
    post.mockReset().mockResolvedValue(undefined);
    openTab().setOwner("100001");
    await vi.runAllTimersAsync();
    expect(sent()).toEqual([["1", "2"]]);
    expect(store.length).toBe(0);
  });

  it("keeps one person's statements for their next session, whoever signs in between", async () => {
    queue.setOwner("100001");
    queue.pause();
    await queue.add(statement(1));
    queue.setOwner("100002");
    await vi.runAllTimersAsync();
    expect(post).not.toHaveBeenCalled();
    queue.setOwner("100001");
    await vi.runAllTimersAsync();
    expect(sent()).toEqual([["1"]]);
  });

  it("says so where the browser keeps nothing: then the page must stay open", async () => {
    vi.spyOn(store, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    post.mockRejectedValueOnce(offline);
    queue.setOwner("100001");
    await queue.add(statement(1));
    expect(queue.status()).toMatchObject({ waiting: 1, isKept: false });
    await vi.advanceTimersByTimeAsync(2000);
    expect(queue.status()).toMatchObject({ waiting: 0, isKept: true });
  });

  it("does not send later ones past an earlier one that nobody answered", async () => {
    queue.setOwner("100001");
    queue.pause();
    for (const n of [1, 2, 3]) await queue.add(statement(n));
    post.mockRejectedValueOnce(new ApiError(403, null)).mockRejectedValueOnce(offline);
    queue.setOwner("100001");
    await vi.advanceTimersByTimeAsync(0);
    expect(sent()).toEqual([["1", "2", "3"], ["1"]]);
  });
});

/** What localStorage is, in memory. */
function memoryStore(): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}
