import { expect, it } from "vitest";

import { yearOption } from "./yearPicture";

it("shows every unit at both ends, in whole percents, and nothing where nobody has a target", () => {
  const look = { font: "", ink: "", line: "", key: "k", contrast: "", levels: [], isNarrow: false, isStill: true };
  const units = [
    { title: "全体", start: 0.256, end: 0.5 },
    { title: "企画課", start: null, end: 1 },
  ];
  const { yAxis, series } = yearOption(units, { start: "初め", end: "終わり" }, look);
  expect(yAxis).toMatchObject({ data: ["企画課", "全体"] });
  expect(series).toMatchObject([
    { name: "終わり", data: [100, 50] },
    { name: "初め", data: [null, 26] },
  ]);
});
