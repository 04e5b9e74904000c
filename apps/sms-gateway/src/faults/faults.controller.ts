import { Body, Controller, Delete, Get, HttpCode, Put, ValidationPipe } from '@nestjs/common';
import { ActiveFault } from './active-fault';
import { FaultDto } from './fault.dto';

const strictValidation = new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true });

/** Where a test breaks the gateway. */
@Controller('faults')
export class FaultsController {
  constructor(private readonly faults: ActiveFault) {}

  @Get()
  show(): { fault: FaultDto | null } {
    return { fault: this.faults.current ?? null };
  }

  @Put()
  set(@Body(strictValidation) fault: FaultDto): { fault: FaultDto } {
    this.faults.set(fault);
    return { fault };
  }

  @Delete()
  @HttpCode(204)
  clear(): void {
    this.faults.clear();
  }
}
