/** An ECharts chart that takes its colours from the tokens, with the same figures as a table for screen readers. */
import { BarChart, HeatmapChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use as register, type ECharts, type EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { usePreferences } from "@/lib/preferences";

register([BarChart, HeatmapChart, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

export type Colours = (token: string) => string;

interface Props {
  label: string;
  /** In pixels at the normal text size. */
  height: number;
  option: (colour: Colours) => EChartsCoreOption;
  /** The index of the data that was pressed, and its series. */
  onPick?: (index: number, series: number) => void;
  table: { head: string[]; rows: (string | number)[][] };
}

const colour: Colours = (token) => getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();

export function Chart({ label, height, option, onPick, table }: Props) {
  const scheme = useComputedColorScheme();
  const { textSize } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<ECharts | null>(null);
  const pick = useRef(onPick);
  pick.current = onPick;

  useEffect(() => {
    const chart = (drawn.current = init(box.current!, null, { renderer: "svg" }));
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(box.current!);
    chart.on("click", (event) => pick.current?.(event.dataIndex as number, event.seriesIndex ?? 0));
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, []);

  useEffect(() => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    drawn.current?.setOption({ animation: !still, animationDuration: 160, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("text-muted") }, ...option(colour) }, true);
  }, [option, scheme, textSize]);

  return (
    <figure style={{ margin: 0 }} aria-label={label}>
      <div ref={box} style={{ height: `${height / 16}rem` }} aria-hidden />
      <table className="visually-hidden">
        <caption>{label}</caption>
        <thead>
          <tr>{table.head.map((cell) => <th key={cell}>{cell}</th>)}</tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>{row.map((cell, at) => <td key={at}>{cell}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** So many pixels at the normal text size; more where the reader wants larger text. */
export const grown = (pixels: number) => (pixels * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16;

export const axis = (colour: Colours) => ({
  axisLine: { lineStyle: { color: colour("border") } },
  axisTick: { show: false },
  axisLabel: { color: colour("text-muted"), fontSize: grown(12) },
  splitLine: { lineStyle: { color: colour("border"), opacity: 0.6 } },
});

export const bubble = (colour: Colours) => ({
  backgroundColor: colour("surface-raised"),
  borderColor: colour("border"),
  textStyle: { color: colour("text"), fontSize: grown(13) },
  padding: [6, 10],
  confine: true,
});
