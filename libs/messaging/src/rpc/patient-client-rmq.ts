import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { ClientRMQ } from '@nestjs/microservices';

/** Nest's RabbitMQ client, which comes back when its channel breaks while it is set up; the original ends the process. */
export class PatientClientRmq extends ClientRMQ {
  private readonly log = new Logger(PatientClientRmq.name);

  override createChannel(): Promise<void> {
    const created = super.createChannel();
    const channel: unknown = this.channel;
    if (channel instanceof EventEmitter) channel.on('error', (error) => this.log.warn(error));
    return created;
  }
}
