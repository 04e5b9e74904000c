import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { CHECKOUT } from '../../infra/environment';
import { parsed } from '../../infra/json';

/** A PromQL expression, and where it stands. */
export interface Expression {
  /** `alert DeadLetters`, `panel Dead letters` */
  readonly where: string;
  readonly text: string;
}

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}

export interface Dashboard {
  readonly panels: readonly Panel[];
}

export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string }[];
}

/** Of this file of the checkout. */
const textOf = (...path: string[]): string => readFileSync(join(CHECKOUT, 'docker', ...path), 'utf8');

export const dashboard = (): Dashboard => parsed(textOf('grafana', 'dashboards', 'order-events.json'));

function alerts(): Expression[] {
  const { groups } = parsed<Rules>(JSON.stringify(parse(textOf('prometheus', 'alerts.yml'))));
  return groups.flatMap(({ rules }) =>
    rules.map(({ alert, expr }) => ({ where: `alert ${alert}`, text: expr })),
  );
}

/** Grafana puts a duration in place of its variable. */
function panels(): Expression[] {
  return dashboard().panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ where: `panel ${title}`, text: expr.replaceAll('$__rate_interval', '1m') })),
  );
}

/** Every expression of the alert rules and of the dashboard. */
export const expressions = (): Expression[] => [...alerts(), ...panels()];

/** Where an expression is not PromQL; undefined where it is. */
export function mistakeIn({ text }: Expression): string | undefined {
  const mistakes: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError) mistakes.push(`${text.slice(0, from)}<HERE>${text.slice(from)}`);
    },
  });
  return mistakes[0];
}

/** The names of the metrics that an expression asks for. */
export function metricsIn({ text }: Expression): string[] {
  const names: string[] = [];
  parser.parse(text).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'Identifier') names.push(text.slice(from, to));
    },
  });
  return names;
}
