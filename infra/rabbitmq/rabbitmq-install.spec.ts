import { installCommand, type Machine } from './rabbitmq-install';
import { RabbitmqMissing } from './rabbitmq-missing';
import { findRabbitmqServer } from './rabbitmq-programs';

const bareDebian: Machine = { platform: 'linux', hasApt: true, isRoot: false, hasSudo: () => false };

describe(installCommand.name, () => {
  it('uses apt-get as root, without asking sudo', () => {
    const hasSudo = jest.fn<boolean, []>();
    const command = installCommand({ ...bareDebian, isRoot: true, hasSudo });
    expect(command).toEqual(['sh', expect.stringContaining('install-on-debian.sh')]);
    expect(hasSudo).not.toHaveBeenCalled();
  });

  it('uses apt-get through a sudo that wants no password', () => {
    expect(installCommand({ ...bareDebian, hasSudo: () => true })).toEqual(
      expect.arrayContaining(['sudo', '-n']),
    );
  });

  it.each<[string, Machine, RegExp]>([
    ['Debian without rights', bareDebian, /apt-get install rabbitmq-server/],
    ['Fedora as root', { ...bareDebian, hasApt: false, isRoot: true }, /dnf install rabbitmq-server/],
    ['macOS', { ...bareDebian, hasApt: false, platform: 'darwin' }, /brew install rabbitmq/],
    ['Windows', { ...bareDebian, hasApt: false, platform: 'win32' }, /WSL/],
  ])('installs nothing but says what to install on %s', (_, machine, advice) => {
    expect(() => installCommand(machine)).toThrow(RabbitmqMissing);
    expect(() => installCommand(machine)).toThrow(advice);
  });
});

describe(findRabbitmqServer.name, () => {
  it('finds nothing where nothing is installed', () => {
    expect(findRabbitmqServer([])).toBeUndefined();
    expect(findRabbitmqServer(['/nowhere'])).toBeUndefined();
  });
});
