import { Alert, SEVERITIES, Severity } from '@app/contracts';
import type { ConsumeMessage } from '@app/amqp';

/** The alert that a message is; of one that is none, what can be told of it, since it was meant for an operator all the same. */
export function alertOf({ content, fields, properties }: ConsumeMessage): Alert {
  const text = content.toString();
  const alert = parsed(text);
  if (isAlert(alert)) return alert;
  const severity = SEVERITIES.find((one) => one === fields.routingKey) ?? 'error';
  return {
    severity,
    service: nameOr(properties.appId),
    code: nameOr(properties.type),
    text,
    at: new Date().toISOString(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlert(value: unknown): value is Alert {
  if (typeof value !== 'object' || value === null) return false;
  const { severity, ...texts }: Partial<Record<string, unknown>> = { ...value };
  return (
    isSeverity(severity) && ['service', 'code', 'text', 'at'].every((name) => typeof texts[name] === 'string')
  );
}

/** Whether it is one of the severities. */
export const isSeverity = (value: unknown): value is Severity => SEVERITIES.some((one) => one === value);

const nameOr = (value: unknown): string => (typeof value === 'string' && value !== '' ? value : 'unknown');
