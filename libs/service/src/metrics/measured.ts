interface Measure {
  /** What became of work that has succeeded. */
  readonly succeeded: string;
  /** What became of work that has failed. */
  readonly failed: (error: unknown) => string;
  readonly observe: (outcome: string, seconds: number) => void;
}

/** Does the work, and tells how many seconds it took and what became of it. */
export async function measured<Result>(
  work: () => Promise<Result>,
  { succeeded, failed, observe }: Measure,
): Promise<Result> {
  const startedAt = performance.now();
  const tell = (outcome: string): void => observe(outcome, (performance.now() - startedAt) / 1_000);
  try {
    const result = await work();
    tell(succeeded);
    return result;
  } catch (error) {
    tell(failed(error));
    throw error;
  }
}
