import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Statement } from "../../api/contract";
import { ApiError } from "../../api/errors";
import {
  type EmittedStatement,
  lessonCompleted,
  newUuid,
  shapeStatement,
  StatementQueue,
} from "./statements";

const IRI = "https://lms.example/xapi/activities/rpa-1";
const LAUNCH = { iri: IRI, content: "5f0c8e2a-3b1d-4f7e-9a6c-2d4b8e1f0a3c" };
const EXTENSIONS = { "urn:x-lms:content": LAUNCH.content };
const NOW = new Date("2026-11-23T01:02:03Z");
const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const answered: EmittedStatement = {
  verb: { id: "http://adlnet.gov/expapi/verbs/answered", display: { "en-US": "answered" } },
  object: { id: "http://content/packages/12", definition: { name: { "en-US": "正誤" } } },
  result: { score: { min: 0, max: 1, raw: 1, scaled: 1 }, completion: true },
};

describe("shapeStatement", () => {
  it("names the activity by its IRI, whatever the frame calls it", () => {
    expect(shapeStatement(answered, LAUNCH, NOW).object.id).toBe(IRI);
  });

  it("keeps verb, result and definition, and makes a random id and a time", () => {
    const shaped = shapeStatement(answered, LAUNCH, NOW);
    expect(shaped.verb).toEqual(answered.verb);
    expect(shaped.result).toEqual(answered.result);
    expect(shaped.object.definition).toEqual(answered.object.definition);
    expect(shaped.id).toMatch(UUID_4);
    expect(shaped.timestamp).toBe("2026-11-23T01:02:03.000Z");
  });

  it("drops an actor the frame made up", () => {
    const forged = { ...answered, actor: { mbox: "mailto:boss@example.jp" } };
    expect(shapeStatement(forged, LAUNCH, NOW)).not.toHaveProperty("actor");
  });

  it.each([
    ["in the extensions", { definition: { extensions: { "http://h5p.org/x-api/h5p-subContentId": "abc" } } }],
    ["in the address", { id: "http://content/packages/12?subContentId=abc" }],
  ])("marks sub-content named %s behind the IRI", (_, object) => {
    expect(shapeStatement({ ...answered, object }, LAUNCH, NOW).object.id).toBe(`${IRI}#abc`);
  });

  it("keeps only the parent of the context, by our IRI", () => {
    const context = {
      contextActivities: {
        parent: [{ id: "http://content/packages/12" }],
        category: [{ id: "http://h5p.org/libraries/H5P.TrueFalse-1.6" }],
      },
    };
    expect(shapeStatement({ ...answered, context }, LAUNCH, NOW).context).toEqual({
      contextActivities: { parent: [{ id: IRI }] },
      extensions: EXTENSIONS,
    });
  });

  it("says which version was played", () => {
    expect(shapeStatement(answered, LAUNCH, NOW).context).toEqual({ extensions: EXTENSIONS });
  });
});

it("a new UUID is different each time", () => {
  expect(new Set(Array.from({ length: 100 }, newUuid)).size).toBe(100);
});

describe("StatementQueue", () => {
  const statement = (n: number): Statement => ({ ...lessonCompleted(`${IRI}/${n}`, NOW), id: String(n) });
  const offline = new TypeError("Failed to fetch");
  let post: ReturnType<typeof vi.fn<(statements: Statement[]) => Promise<void>>>;
  let queue: StatementQueue;
  const sent = () => post.mock.calls.map(([batch]) => batch.map(({ id }) => id));

  beforeEach(() => {
    vi.useFakeTimers();
    post = vi.fn<(statements: Statement[]) => Promise<void>>().mockResolvedValue(undefined);
    queue = new StatementQueue(post);
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
    expect(queue.status()).toEqual({ waiting: 0, isFailing: false, refusal: null });
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
});
