/** What all charts have in common: colours of the page, patterns beside them, quiet motion. */

import type { BarSeriesOption, LineSeriesOption, RadarSeriesOption } from "echarts/charts";
import type {
  AriaComponentOption,
  GridComponentOption,
  LegendComponentOption,
  RadarComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";

type Composed = ComposeOption<
  | AriaComponentOption
  | BarSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | LineSeriesOption
  | RadarComponentOption
  | RadarSeriesOption
  | TooltipComponentOption
>;

/** With at most one legend and one tooltip, so that charts only say what is their own in it. */
export type ChartOption = Omit<Composed, "legend" | "tooltip"> & {
  legend?: LegendComponentOption;
  tooltip?: TooltipComponentOption;
};

export type Look = {
  font: string;
  ink: string;
  line: string;
  /** The main colour, and what stands beside it. */
  key: string;
  contrast: string;
  /** Of levels 0 to 4, as in the matrix: light to dark. */
  levels: string[];
  isNarrow: boolean;
  isStill: boolean;
};

const NARROW = 560;

/** The look of the page the element stands in; of the tokens only the primitive ones are all there. */
export function lookOf(element: HTMLElement): Look {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--color-${name}`).trim();
  return {
    font: style.fontFamily,
    ink: token("neutral-solid-gray-800"),
    line: token("neutral-solid-gray-300"),
    key: token("primitive-blue-900"),
    contrast: token("primitive-orange-800"),
    levels: [
      token("neutral-solid-gray-200"),
      ...["blue-200", "blue-400", "blue-700", "blue-1000"].map((name) => token(`primitive-${name}`)),
    ],
    isNarrow: element.clientWidth < NARROW,
    isStill: matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
}

/** The option with what every chart has. The text in it is drawn, so it is never taken as markup. */
export function withLook(option: ChartOption, look: Look): ChartOption {
  return {
    animation: !look.isStill,
    animationDuration: 300,
    textStyle: { fontFamily: look.font, fontSize: 14, color: look.ink },
    // The figure describes itself; the library only adds patterns to the areas.
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    ...option,
    tooltip: {
      renderMode: "richText",
      confine: true,
      textStyle: { fontFamily: look.font, fontSize: 14, color: look.ink },
      ...option.tooltip,
    },
    legend: {
      bottom: 0,
      itemWidth: 32,
      itemHeight: 14,
      textStyle: { fontSize: 14, color: look.ink },
      ...option.legend,
    },
  };
}
