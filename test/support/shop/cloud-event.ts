import { randomUUID } from 'node:crypto';
import { type CloudEvent, dataSchemaOf } from '@app/contracts';

/** An event as our services would publish it. */
export const cloudEvent = (type: string, subject: string, data: object): CloudEvent => ({
  specversion: '1.0',
  id: randomUUID(),
  source: '/stranger',
  type,
  subject,
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  dataschema: dataSchemaOf({ type }),
  data,
});
