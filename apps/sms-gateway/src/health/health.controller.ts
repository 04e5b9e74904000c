import { Controller, Get } from '@nestjs/common';

/** There is nothing that the stand-in depends on: while it answers, it is ready. */
@Controller('health')
export class HealthController {
  @Get(['live', 'ready'])
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }
}
