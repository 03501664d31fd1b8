import { expect, it } from "vitest";

import type { Look } from "../../components/chart/look";
import { benefitOption } from "./benefitPicture";

const look: Look = {
  font: "",
  ink: "#333",
  line: "#ccc",
  key: "#00118f",
  contrast: "#f60",
  levels: ["#0", "#1", "#2", "#3", "#4"],
  isNarrow: false,
  isStill: true,
};

it("forecasts and measurements are series of their own, beside each other", () => {
  const rows = [
    { title: "M08", measured: 1030, forecast: 900.04 },
    { title: "M11", measured: null, forecast: 120 },
  ];
  const names = { measured: "測定結果", forecast: "見込み", hours: "時間" };
  const { series } = benefitOption(rows, names, look);
  expect(series).toMatchObject([
    { name: "見込み", data: [120, 900] },
    { name: "測定結果", data: [null, 1030] },
  ]);
  for (const one of series as object[]) expect(one).not.toHaveProperty("stack");
});
