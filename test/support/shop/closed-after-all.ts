type Closable = { close(): unknown } | { stop(): unknown };

/**
 * Closes after all tests what was opened before them, the last first. Where one of them could not be opened, the tests say why, and those
 * before it are closed all the same. Called in a `describe`; what it returns takes each of them, and answers it.
 */
export function closedAfterAll(): <Opened extends Closable>(opened: Opened) => Opened {
  const open: Closable[] = [];
  afterAll(async () => {
    const failures: unknown[] = [];
    for (const one of open.reverse()) await close(one).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  });
  return (opened) => {
    open.push(opened);
    return opened;
  };
}

async function close(one: Closable): Promise<void> {
  await ('close' in one ? one.close() : one.stop());
}
