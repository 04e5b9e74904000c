import { RecordingTracer } from '../../../../test/support/recording-tracer';
import { runInContext } from '../context/work-context';
import { useTracer } from '../tracing/tracer';
import { contextFields } from './context-fields';

describe(contextFields.name, () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const inContext = () => runInContext({ correlationId: 'checkout-7', traceparent }, contextFields);

  afterEach(() => useTracer(undefined));

  it('names the work and its trace, and no span while none is made', () => {
    expect(inContext()).toEqual({
      correlationId: 'checkout-7',
      trace_id: '0af7651916cd43dd8448eb211c80319c',
    });
  });

  it('names the span while tracing is on', () => {
    useTracer(new RecordingTracer());
    expect(inContext()).toEqual({
      correlationId: 'checkout-7',
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      span_id: 'b7ad6b7169203331',
    });
  });

  it('says nothing outside a request or message, and never twice the same object', () => {
    expect(contextFields()).toEqual({});
    expect(contextFields()).not.toBe(contextFields());
  });
});
