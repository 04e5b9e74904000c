import { dashboard, expressions, metricsIn, mistakeIn, type Panel } from './expressions';

const of = (text: string) => ({ where: 'here', text });

describe(mistakeIn.name, () => {
  it('shows where an expression is wrong', () => {
    expect(mistakeIn(of('sum(rate(orders_total[1m])'))).toBe('sum(rate(orders_total[1m])<HERE>');
    expect(mistakeIn(of('up =='))).toBe('up ==<HERE>');
  });

  it.each(expressions())('finds nothing wrong with $where: $text', (expression) => {
    expect(mistakeIn(expression)).toBeUndefined();
  });
});

describe(metricsIn.name, () => {
  it('knows metrics from functions and labels', () => {
    const text = 'sum by (job) (rate(one_total{queue="two"}[5m])) / on (job) max by (job) (three) > 0';
    expect(metricsIn(of(text))).toEqual(['one_total', 'three']);
  });

  it.each(expressions())('finds one in $where: $text', (expression) => {
    expect(metricsIn(expression)).not.toEqual([]);
  });
});

describe('The dashboard', () => {
  const { panels } = dashboard();

  it('has an id for each panel, and a data source for each that shows something', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { targets, datasource } of panels) if (targets) expect(datasource?.uid).toBe('prometheus');
  });

  it('has no panel above another', () => {
    const overlap = ({ gridPos: a }: Panel, { gridPos: b }: Panel): boolean =>
      a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
    for (const one of panels)
      expect(panels.filter((other) => overlap(one, other)).map(({ title }) => title)).toEqual([one.title]);
  });
});
