/** The drawing library, in a file of its own that only pages with a chart load. */

import { BarChart, LineChart, RadarChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  RadarComponent,
  TooltipComponent,
} from "echarts/components";
import { init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import type { ChartOption } from "./look";

register([
  BarChart,
  LineChart,
  RadarChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  RadarComponent,
  TooltipComponent,
  SVGRenderer,
]);

/** A page of A4 in CSS pixels, less its margins. */
const PAPER = 640;

/** Draws into the element and keeps to its width, also on paper. Returns how to take it away. */
export function draw(element: HTMLElement, option: ChartOption): () => void {
  const drawing = init(element, null, { renderer: "svg" });
  drawing.setOption(option);
  const fit = () => drawing.resize();
  const fitPaper = () => drawing.resize({ width: Math.min(element.clientWidth, PAPER) });
  const observer = new ResizeObserver(fit);
  observer.observe(element);
  window.addEventListener("beforeprint", fitPaper);
  window.addEventListener("afterprint", fit);
  return () => {
    observer.disconnect();
    window.removeEventListener("beforeprint", fitPaper);
    window.removeEventListener("afterprint", fit);
    drawing.dispose();
  };
}
