import type { CollectedSpan } from './collected-span';
import { TraceStore } from './trace-store';

const span = (traceId: string, subject?: string): CollectedSpan => ({
  traceId,
  spanId: `of ${traceId}`,
  service: 'order-api',
  name: 'publish',
  kind: 'producer',
  startedAt: 1,
  endedAt: 2,
  attributes: subject === undefined ? {} : { 'cloudevents.event_subject': subject },
  links: [],
});

describe(TraceStore.name, () => {
  let sut: TraceStore;
  beforeEach(() => (sut = new TraceStore()));

  it('finds every trace of an order, and without an order those of the newest', () => {
    sut.add([span('1', 'ada'), span('2', 'charles')]);
    sut.add([span('1'), span('3', 'ada'), span('4')]);
    const ofAda = [[span('1', 'ada'), span('1')], [span('3', 'ada')]];
    expect(sut.about('ada')).toEqual(ofAda);
    expect(sut.about()).toEqual(ofAda);
    expect(sut.about('grace')).toEqual([]);
  });

  it('finds a trace by its id, as a log line names it', () => {
    sut.add([span('1', 'ada'), span('2')]);
    expect(sut.find('2')).toEqual([[span('2')]]);
    expect(sut.find('ada')).toEqual(sut.about('ada'));
    expect(sut.find()).toEqual(sut.about());
  });

  it('has none at first', () => {
    sut.add([span('a batch')]);
    expect(sut.about()).toEqual([]);
  });

  it('forgets the oldest beyond 1,000, and what a trace has beyond 500', () => {
    sut.add(Array.from({ length: 600 }, () => span('large', 'ada')));
    expect(sut.about('ada')[0]).toHaveLength(500);
    for (let i = 0; i < 1_000; i += 1) sut.add([span(`${i}`)]);
    expect(sut.all()).toHaveLength(1_000);
    expect(sut.about('ada')).toEqual([]);
  });
});
