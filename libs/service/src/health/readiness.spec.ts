import { Readiness, type Health } from './readiness';

describe(Readiness.name, () => {
  let sut: Readiness;

  beforeEach(() => {
    sut = new Readiness();
  });

  const register = (checks: Record<string, Health>): void => {
    for (const [name, health] of Object.entries(checks)) sut.register({ name, health: () => health });
  };

  it('is ok where nothing is needed', async () => {
    await expect(sut.report()).resolves.toEqual({ status: 'ok', checks: {} });
  });

  it.each<[status: string, checks: Record<string, Health>]>([
    ['ok', { database: 'up', broker: 'up' }],
    ['degraded', { database: 'up', broker: 'degraded' }],
    ['unavailable', { database: 'down', broker: 'up' }],
    ['unavailable', { database: 'down', broker: 'degraded' }],
  ])('is %s with %j', async (status, checks) => {
    register(checks);
    await expect(sut.report()).resolves.toEqual({ status, checks });
  });

  it('counts a check that fails as down', async () => {
    sut.register({ name: 'database', health: () => Promise.reject(new Error('away')) });
    sut.register({
      name: 'broker',
      health: () => {
        throw new Error('away');
      },
    });
    await expect(sut.report()).resolves.toEqual({
      status: 'unavailable',
      checks: { database: 'down', broker: 'down' },
    });
  });

  it('asks anew each time', async () => {
    let health: Health = 'down';
    sut.register({ name: 'database', health: () => health });
    await expect(sut.report()).resolves.toMatchObject({ status: 'unavailable' });
    health = 'up';
    await expect(sut.report()).resolves.toMatchObject({ status: 'ok' });
  });

  it('is unavailable as soon as the service stops, whatever is up', async () => {
    register({ database: 'up' });
    sut.onModuleDestroy();
    await expect(sut.report()).resolves.toEqual({ status: 'unavailable', checks: { database: 'up' } });
  });
});
