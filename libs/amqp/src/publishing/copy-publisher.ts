import { Injectable } from '@nestjs/common';
import { Publisher } from './publisher';

/** Publishes copies of failed messages, on a channel of its own: what strangers sent never touches the confirms of the outbox. */
@Injectable()
export class CopyPublisher extends Publisher {}
