import { assertInstallable, type Machine } from './rabbitmq-install';
import { RabbitmqMissing } from './rabbitmq-missing';
import { findRabbitmqServer } from './rabbitmq-programs';

const bareDebian: Machine = { platform: 'linux', hasApt: true, isRoot: false };

describe(assertInstallable.name, () => {
  it('lets root have it on Debian', () => {
    expect(() => assertInstallable({ ...bareDebian, isRoot: true })).not.toThrow();
  });

  it.each<[string, Machine, RegExp]>([
    ['Debian, and is not root', bareDebian, /sudo sh infra\/rabbitmq\/install-on-debian.sh/],
    ['Fedora as root', { ...bareDebian, hasApt: false, isRoot: true }, /dnf install rabbitmq-server/],
    ['macOS', { ...bareDebian, hasApt: false, platform: 'darwin' }, /brew install rabbitmq/],
    ['Windows', { ...bareDebian, hasApt: false, platform: 'win32' }, /WSL/],
  ])('installs nothing but says what to install on %s', (_, machine, advice) => {
    expect(() => assertInstallable(machine)).toThrow(RabbitmqMissing);
    expect(() => assertInstallable(machine)).toThrow(advice);
  });
});

describe(findRabbitmqServer.name, () => {
  it('finds nothing where nothing is installed', () => {
    expect(findRabbitmqServer([])).toBeUndefined();
    expect(findRabbitmqServer(['/nowhere'])).toBeUndefined();
  });
});
