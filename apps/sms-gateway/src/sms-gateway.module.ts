import { Module } from '@nestjs/common';
import { FaultsModule } from './faults/faults.module';
import { HealthController } from './health/health.controller';
import { MessagesModule } from './messages/messages.module';

/** A stand-in for Twilio's Messages resource. */
@Module({ imports: [FaultsModule, MessagesModule], controllers: [HealthController] })
export class SmsGatewayModule {}
