import { waterfall } from './waterfall';
import type { CollectedSpan } from '../launcher/tracing/collected-span';

const BEGAN = 1_700_000_000_000;

const span = (
  [service, spanId, parentId]: [service: string, spanId: string, parentId?: string],
  [from, to]: [from: number, to: number],
  told: Pick<CollectedSpan, 'name'> & Partial<CollectedSpan>,
): CollectedSpan => ({
  traceId: 'trace',
  spanId,
  parentId,
  service,
  kind: 'internal',
  startedAt: BEGAN + from,
  endedAt: BEGAN + to,
  attributes: {},
  links: [],
  ...told,
});

const message = (operation: string, attempt: number, redriven = 0) => ({
  'messaging.operation.name': operation,
  'cloudevents.event_type': 'order.created',
  'cloudevents.event_subject': '0193-ada',
  'order_events.message.attempt': attempt,
  'order_events.message.redriven': redriven,
});

describe(waterfall.name, () => {
  it('shows what has caused what, when, how long, and which attempt it was', () => {
    const trace = [
      span(['email', 'c', 'b'], [50, 60], {
        name: 'process a',
        attributes: message('process', 1),
        error: 'MAIL_NOT_SENT',
      }),
      span(['order-api', 'a'], [0, 10], { name: 'POST /orders' }),
      span(['email', 'd', 'b'], [80, 100], { name: 'process a', attributes: message('process', 2) }),
      span(['sms', 'f', 'b'], [40, 41], { name: 'process a', attributes: message('process', 1, 1) }),
      span(['order-api', 'b', 'a'], [10, 30], { name: 'publish a', attributes: message('publish', 1) }),
      span(['email', 'e', 'd'], [90, 98], { name: 'send mail' }),
    ];
    expect(waterfall(trace, { columns: 90 })).toBe(
      [
        'Order 0193-ada: 6 spans in 100 ms',
        '',
        'order-api    POST /orders                               ██                         10.0 ms',
        'order-api      publish order.created                      ████                     20.0 ms',
        'sms              process order.created, redriven                 █                  1.0 ms',
        'email            process order.created ✗ MAIL_NOT_SENT             ██              10.0 ms',
        'email            process order.created, attempt 2                         █████    20.0 ms',
        'email              send mail                                                ██      8.0 ms',
        '',
      ].join('\n'),
    );
  });

  it('shows what has no time, and what lacks its cause', () => {
    const lone = span(['sms', 'b', 'not-arrived'], [0, 0], { name: 'process\u001b[2J' });
    expect(waterfall([lone], { columns: 40 }).split('\n')[2]).toMatch(/^sms +process {2}█ +0\.0 ms$/);
  });
});
