import { TOPOLOGY } from '@app/contracts';
import type { DeploymentOptions } from '../deployment';

/** What the compose file reads from its environment. */
export function variablesOf({ queues, queueKinds, smtpUrl }: DeploymentOptions): Record<string, string> {
  const exclusive = TOPOLOGY.filter(({ service }) => queueKinds?.of(service) === 'exclusive');
  return {
    IMAGE: imageOfThisRun(),
    LOG_LEVEL: 'warn',
    ...(smtpUrl === undefined ? {} : { SMTP_URL: smtpUrl }),
    ...(queues === undefined
      ? {}
      : {
          QUEUE_TYPE: queues.queueType,
          QUEUE_MAX_LENGTH: String(queues.queueMaxLength),
          RETRY_DELAYS_MS: queues.retryDelaysMs.join(),
        }),
    ...Object.fromEntries(
      exclusive.map(({ service }) => [
        `${service.replaceAll('-', '_').toUpperCase()}_QUEUE_KIND`,
        'exclusive',
      ]),
    ),
  };
}

/** Of `container-runner.js`. @throws Error that says why there is none */
function imageOfThisRun(): string {
  const { TEST_IMAGE: image, TEST_IMAGE_FAILURE: failure } = process.env;
  if (image === undefined) throw new Error(failure ?? 'The image is built by container-runner.js.');
  return image;
}
