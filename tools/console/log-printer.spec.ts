import { LogPrinter } from './log-printer';

describe(LogPrinter.name, () => {
  let sut: LogPrinter;
  let write: jest.SpyInstance;

  const line = (msg: string) =>
    JSON.stringify({
      ...{
        level: 'info',
        time: 0,
        service: 'email',
        correlationId: 'c-1',
        trace_id: 't-1',
        span_id: 's-1',
        event: 'e-1',
      },
      ...{ subject: 'order-7', queue: 'q', ms: 5, msg },
    });
  const written = (): string[] => write.mock.calls.map(([text]) => String(text));

  beforeEach(() => {
    sut = new LogPrinter(['email', 'sms']);
    write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  afterEach(() => write.mockRestore());

  it('shows each line of a service behind its name, with the order and without the other ids', async () => {
    sut.follow();
    sut.print('email', line('sent'));
    await Promise.resolve();

    expect(written()).toEqual([
      expect.stringMatching(/^email {8}│ \[\d\d:\d\d:\d\d\] INFO: sent · order-7 · 5 ms \{"queue":"q"\}\n$/),
    ]);
  });

  it('writes what comes at once in one piece, in its order', async () => {
    sut.follow();
    sut.print('email', 'one');
    sut.print('launcher', 'two');
    sut.print('sms', 'three');
    await Promise.resolve();

    expect(written()).toEqual(['email        │ one\ntwo\nsms          │ three\n']);
  });

  it('shows the replicas of its services', async () => {
    sut.follow();
    sut.print('email-2', 'one');
    await Promise.resolve();

    expect(written()).toEqual(['email-2      │ one\n']);
  });

  it('shows only its services, and them only once it is told to follow; the launcher always', async () => {
    sut.print('email', 'too early');
    sut.print('launcher', 'ready');
    sut.follow();
    sut.print('RabbitMQ', 'not ours');
    await Promise.resolve();

    expect(written()).toEqual(['ready\n']);
  });
});
