export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [800, 400, 70, 40, 190, 50];
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#555555'];
const STEPS = 4;

/** A chart of lines as an SVG document. */
export function svgOf({ title, x, y, lines }: Chart): string {
  const points = lines.flatMap((line) => line.points);
  const [maxX, maxY] = [0, 1].map((axis) => niceMaximum(points.map((point) => point[axis] ?? 0)));
  const right = (value: number): number => LEFT + (value / (maxX ?? 1)) * (WIDTH - LEFT - RIGHT);
  const up = (value: number): number => HEIGHT - BOTTOM - (value / (maxY ?? 1)) * (HEIGHT - TOP - BOTTOM);
  const marks = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
  const grid = marks.flatMap((share) => [
    rule(LEFT, up(share * (maxY ?? 1)), WIDTH - RIGHT, up(share * (maxY ?? 1))),
    text(LEFT - 8, up(share * (maxY ?? 1)) + 4, short(share * (maxY ?? 1)), 'end'),
    text(right(share * (maxX ?? 1)), HEIGHT - BOTTOM + 18, short(share * (maxX ?? 1)), 'middle'),
  ]);
  const drawn = lines.flatMap((line, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? '#000000';
    const path = line.points.map(([px, py]) => `${right(px).toFixed(1)},${up(py).toFixed(1)}`).join(' ');
    const place = TOP + 10 + index * 20;
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      `<rect x="${WIDTH - RIGHT + 15}" y="${place - 9}" width="12" height="12" fill="${colour}"/>`,
      text(WIDTH - RIGHT + 33, place + 1, line.name, 'start'),
    ];
  });
  const titles = [
    text(LEFT, 22, `${title} (${y})`, 'start', 15),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, x, 'middle'),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
${[...grid, ...drawn, ...titles].join('\n')}
</svg>
`;
}

/** The next of 1, 2, 4, 8, 10, 20 … */
function niceMaximum(values: readonly number[]): number {
  const highest = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 4, 8, 10].map((factor) => factor * power).find((value) => value >= highest) ?? highest;
}

const short = (value: number): string =>
  value >= 10_000 ? `${value / 1_000} k` : String(Math.round(value * 100) / 100);

const rule = (x1: number, y1: number, x2: number, y2: number): string =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#dddddd"/>`;

const text = (x: number, y: number, words: string, anchor: string, size = 12): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}">${escape(words)}</text>`;

const escape = (words: string): string => words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
