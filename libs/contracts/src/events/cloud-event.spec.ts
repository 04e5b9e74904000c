import { validated } from '../../../../test/support/validated';
import { CloudEvent } from './cloud-event';

const event = {
  specversion: '1.0',
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  source: '/order-api',
  type: 'order.created',
  subject: '01890a5d-ac96-774b-bcce-b302099a8058',
  time: '2026-03-01T12:00:00.000Z',
  datacontenttype: 'application/json',
  dataschema: 'https://order-events.example/schemas/order.created/v1',
  data: { orderId: '01890a5d-ac96-774b-bcce-b302099a8058' },
};

describe(CloudEvent.name, () => {
  const sut = (envelope: object) => validated(CloudEvent, envelope);

  it('is valid with all its members, and keeps its data as it is', () => {
    expect(sut(event)).toEqual({ value: event, invalid: [] });
  });

  it('needs no more than CloudEvents requires, and data', () => {
    const { specversion, id, source, type, data } = event;
    expect(sut({ specversion, id, source, type, data }).invalid).toEqual([]);
    expect(sut({}).invalid.sort()).toEqual(['data', 'id', 'source', 'specversion', 'type']);
  });

  it.each<[path: string, bad: object]>([
    ['specversion', { specversion: '0.3' }],
    ['id', { id: '' }],
    ['id', { id: 7 }],
    ['id', { id: 'x'.repeat(256) }],
    ['id', { id: 'order\u0000' }],
    ['id', { id: '\ud83c' }],
    ['source', { source: '' }],
    ['source', { source: 'x'.repeat(256) }],
    ['type', { type: '' }],
    ['subject', { subject: 7 }],
    ['time', { time: 'noon' }],
    ['datacontenttype', { datacontenttype: 7 }],
    ['dataschema', { dataschema: 7 }],
    ['data', { data: 'text' }],
    ['data', { data: null }],
    ['data', { data: [] }],
  ])('names %s as invalid in %j', (path, bad) => {
    expect(sut({ ...event, ...bad }).invalid).toEqual([path]);
  });
});
