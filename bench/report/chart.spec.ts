import { svgOf } from './chart';

const line = (points: readonly (readonly [number, number])[]) => ({ name: 'a < b', points });
const chart = (points: readonly (readonly [number, number])[]) =>
  svgOf({ title: 'Depth', x: 'seconds', y: 'messages', lines: [line(points)] });

describe(svgOf.name, () => {
  it('draws a line from corner to corner where values grow to the round maximum', () => {
    expect(chart([[0, 0], [10, 200]])).toContain('<polyline points="70.0,350.0 610.0,40.0"'); // prettier-ignore
  });

  it('names the values at the axes', () => {
    const svg = chart([[0, 0], [10, 39_000]]); // prettier-ignore
    for (const mark of ['>2.5<', '>10<', '>10 k<', '>40 k<']) expect(svg).toContain(mark);
  });

  it('draws nothing that is no number where there is nothing to draw', () => {
    expect(chart([])).not.toContain('NaN');
  });

  it('escapes what has a meaning in SVG', () => expect(chart([])).toContain('>a &lt; b<'));
});
