import { LogPrinter } from './log-printer';

describe(LogPrinter.name, () => {
  let sut: LogPrinter;
  let write: jest.SpyInstance;

  const line = (msg: string) => JSON.stringify({ level: 'info', time: 0, service: 'email', ms: 5, msg });
  const written = (): string[] => write.mock.calls.map(([text]) => String(text));

  beforeEach(() => {
    sut = new LogPrinter(['email', 'sms']);
    write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  afterEach(() => write.mockRestore());

  it('shows each line of a service behind its name, for people', async () => {
    sut.follow();
    sut.print('email', line('sent'));
    await Promise.resolve();

    expect(written()).toEqual([
      expect.stringMatching(/^email {7}│ \[\d\d:\d\d:\d\d\] INFO: sent \{"ms":5\}\n$/),
    ]);
  });

  it('writes what comes at once in one piece, in its order', async () => {
    sut.follow();
    sut.print('email', 'one');
    sut.print('launcher', 'two');
    sut.print('sms', 'three');
    await Promise.resolve();

    expect(written()).toEqual(['email       │ one\ntwo\nsms         │ three\n']);
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
