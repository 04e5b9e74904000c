/**
 * Waits for all of them, also where one fails: what is not waited for cannot be stopped.
 * `onFailure` is called at the first failure, to end the wait for the others sooner.
 * @throws the first failure
 */
export async function settleAll(
  work: readonly Promise<unknown>[],
  onFailure?: () => Promise<void>,
): Promise<void> {
  const all = Promise.all(work);
  await Promise.all([all.catch(onFailure), Promise.allSettled(work)]);
  await all;
}
