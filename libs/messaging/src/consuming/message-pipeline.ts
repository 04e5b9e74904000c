import { Delivery } from '@app/amqp';
import { Pipeline } from '../pipeline/pipeline';
import { Next } from '../pipeline/step';
import { PipelineParts } from './pipeline-parts';
import { callHandlers } from './steps/call-handlers';
import { CountMessages } from './steps/count-messages';
import { EndDatabaseOutage } from './steps/end-database-outage';
import { EndProviderOutage } from './steps/end-provider-outage';
import { LogHandled } from './steps/log-handled';
import { PauseWithoutDatabase } from './steps/pause-without-database';
import { PauseWithoutProvider } from './steps/pause-without-provider';
import { Settle } from './steps/settle';
import { TraceHandling } from './steps/trace-handling';

/** The way of messages from their queue to their handlers: a step after the other, and back in the opposite order. */
export function messagePipeline(parts: PipelineParts): Next<Delivery> {
  const { consumer, databaseOutage, providerOutage, failures, read, once, metrics } = parts;
  return Pipeline.from<Delivery>()
    .through(new CountMessages(metrics, consumer, read)) // by what became of them
    .through(new Settle()) // acknowledges, after all else
    .through(failures) // RetryOrDeadLetter; LogAndDrop for exclusive queues
    .through(new PauseWithoutDatabase(databaseOutage)) // an outage is no message's failure
    .through(new TraceHandling()) // a span for each message, where tracing is on
    .through(read) // ReadEvents or ReadTasks: parses and validates
    .through(new PauseWithoutProvider(providerOutage)) // the same for a mail server that is away
    .through(new EndDatabaseOutage(databaseOutage))
    .through(new LogHandled(consumer.queue))
    .through(once) // Inbox, for effects in the own database, or SentMessages: leaves out what was done before
    .through(new EndProviderOutage(providerOutage))
    .to(callHandlers);
}
