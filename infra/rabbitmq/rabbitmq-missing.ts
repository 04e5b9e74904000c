const HOW_TO: Partial<Record<NodeJS.Platform, string>> = {
  darwin: '  macOS: brew install rabbitmq',
  win32: '  Windows: run it in WSL, or in containers with "docker compose up"',
  linux: [
    '  Debian, Ubuntu: sudo sh infra/rabbitmq/install-on-debian.sh   (apt-get install, and no broker on port 5672)',
    '  Fedora:         sudo dnf install rabbitmq-server',
  ].join('\n'),
};

const ANYWHERE = [
  '  any: start Docker, and "npm start" runs RabbitMQ in a container (the tests do not); or see https://www.rabbitmq.com/docs/download, with rabbitmq-server on the PATH',
  'Or use one that runs elsewhere: RABBITMQ_URL=amqp://user:password@host:5672 npm start',
].join('\n');

/** There is no RabbitMQ on this machine, and the launcher may not install one; the message says what to do. */
export class RabbitmqMissing extends Error {
  constructor(platform: NodeJS.Platform) {
    const lines = ['RabbitMQ is not installed. Install it, then run this again:', HOW_TO[platform], ANYWHERE];
    super(lines.filter((line) => line !== undefined).join('\n'));
  }
}
