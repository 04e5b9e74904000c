import autocannon from 'autocannon';
import { parsed } from '../../infra/json';
import { JSON_BODY, ORDER } from './order';

/** Orders as fast as they are answered. */
export interface ClosedLoopPlan {
  readonly url: string;
  /** `POST` by default: an order. */
  readonly method?: 'GET' | 'POST';
  /** How many clients there are; one by default. */
  readonly clients?: number;
  /** Keep-alive connections of each client. */
  readonly connections: number;
  /** How many orders each client places; or else for how many seconds it does. */
  readonly orders?: number;
  readonly seconds?: number;
}

export interface ClosedLoopResult {
  /** Milliseconds since 1970. */
  readonly began: number;
  /** From the first request to the last answer. */
  readonly seconds: number;
  readonly accepted: number;
  /** Answered otherwise, or not at all. */
  readonly refused: number;
  /** Milliseconds to the answer. */
  readonly p50: number;
  readonly p99: number;
  /** Of this process, in milliseconds. */
  readonly cpu: number;
}

async function closedLoop({
  url,
  method = 'POST',
  clients = 1,
  connections,
  orders,
  seconds,
}: ClosedLoopPlan): Promise<ClosedLoopResult> {
  const order = method === 'POST' ? { headers: JSON_BODY, body: ORDER } : {};
  const end = orders === undefined ? { duration: seconds } : { amount: orders };
  const options = { url, connections, method, timeout: 60, ...order, ...end };
  const [began, cpuBefore] = [Date.now(), process.cpuUsage()];
  let last = began;
  const place = (): Promise<autocannon.Result> =>
    new Promise((resolve, reject) => {
      const client = autocannon(options, (error: Error | null, result) =>
        error === null ? resolve(result) : reject(error),
      );
      // Its own duration ends with a tick of a second.
      client.on('response', () => (last = Date.now()));
    });
  const results = await Promise.all(Array.from({ length: clients }, place));
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    began,
    seconds: (last - began) / 1_000,
    accepted: sum(results, (result) => result['2xx']),
    refused: sum(results, (result) => result.non2xx + result.errors),
    p50: Math.max(...results.map((result) => result.latency.p50)),
    p99: Math.max(...results.map((result) => result.latency.p99)),
    cpu: (user + system) / 1_000,
  };
}

const sum = (results: readonly autocannon.Result[], count: (result: autocannon.Result) => number): number =>
  results.reduce((total, result) => total + count(result), 0);

const [plan = ''] = process.argv.slice(2);
void closedLoop(parsed(plan)).then((result) => console.log(JSON.stringify(result)));
