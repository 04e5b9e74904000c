import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ActiveFault } from './active-fault';
import { ConnectionDroppedFilter } from './connection-dropped';
import { FaultsController } from './faults.controller';
import { FaultsInterceptor } from './faults.interceptor';

@Module({
  controllers: [FaultsController],
  providers: [ActiveFault, FaultsInterceptor, { provide: APP_FILTER, useClass: ConnectionDroppedFilter }],
  exports: [ActiveFault, FaultsInterceptor],
})
export class FaultsModule {}
