import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

const TIMEOUT_MS = 10_000;

/** Asks a service for an object. @throws Error when it answers with an error, or with something else */
export async function fetchOne<T extends object>(
  shape: ClassConstructor<T>,
  url: string,
  init?: RequestInit,
): Promise<T> {
  return shaped(shape, await fetchJson(url, init), url);
}

/** Asks a service for a list. @throws Error when it answers with an error, or with something else */
export async function fetchList<T extends object>(shape: ClassConstructor<T>, url: string): Promise<T[]> {
  const answer = await fetchJson(url);
  if (!Array.isArray(answer)) throw new Error(`${url} did not answer with a list.`);
  return answer.map((item: unknown) => shaped(shape, item, url));
}

async function fetchJson(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), ...init }).catch(
    (cause: unknown) => {
      throw new Error(`${url} did not answer.`, { cause });
    },
  );
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

function shaped<T extends object>(shape: ClassConstructor<T>, value: unknown, url: string): T {
  const answer = plainToInstance(shape, value);
  const [problem] = validateSync(answer);
  if (problem !== undefined) throw new Error(`${url} answered something else: ${problem.toString()}`);
  return answer;
}
