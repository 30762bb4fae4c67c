/** The shape of a figure over the stretch, with the stretch before as a pale line behind. Decoration: the numbers stand beside it. */
interface Props {
  values: number[];
}

const [WIDTH, HEIGHT] = [96, 28];

export function Sparkline({ values }: Props) {
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values, 0), Math.max(...values, 1)];
  const x = (index: number) => (index / (values.length - 1)) * (WIDTH - 4) + 2;
  const y = (value: number) => HEIGHT - 3 - ((value - low) / (high - low || 1)) * (HEIGHT - 6);
  const line = values.map((value, index) => `${index ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const last = values.length - 1;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" style={{ flex: "0 1 6rem", minWidth: 0, height: "1.75rem" }} aria-hidden>
      <path d={`${line}L${x(last)} ${HEIGHT}L${x(0)} ${HEIGHT}Z`} fill="var(--accent-soft)" opacity={0.7} />
      <path d={line} fill="none" stroke="var(--series-1)" strokeWidth={1.6} vectorEffect="non-scaling-stroke" strokeLinejoin="round" />
    </svg>
  );
}
