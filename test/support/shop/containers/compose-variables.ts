import { topologyVariables } from '../../../../tools/launcher/suite/service-environment';
import type { DeploymentOptions } from '../deployment';

/** What the compose file reads from its environment. */
export function variablesOf({ queues, queueKinds, smtpUrl }: DeploymentOptions): Record<string, string> {
  return {
    IMAGE: imageOfThisRun(),
    LOG_LEVEL: 'warn',
    ...(smtpUrl === undefined ? {} : { SMTP_URL: smtpUrl }),
    ...topologyVariables({ queues, queueKinds }),
  };
}

/** Of `container-runner.js`. @throws Error that says why there is none */
function imageOfThisRun(): string {
  const { TEST_IMAGE: image, TEST_IMAGE_FAILURE: failure } = process.env;
  if (image === undefined) throw new Error(failure ?? 'The image is built by container-runner.js.');
  return image;
}
