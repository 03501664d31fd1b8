import { describe, expect, it } from "vitest";

import { type EmittedStatement, newUuid, shapeStatement } from "./statements";

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
