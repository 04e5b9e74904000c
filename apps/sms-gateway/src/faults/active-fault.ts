import { Injectable } from '@nestjs/common';
import { FaultDto } from './fault.dto';

/** The fault that is in force, if any: one at a time. */
@Injectable()
export class ActiveFault {
  private fault?: FaultDto;

  get current(): FaultDto | undefined {
    return this.fault;
  }

  set(fault: FaultDto): void {
    this.fault = fault;
  }

  clear(): void {
    this.fault = undefined;
  }

  /** The fault that a send to this number meets; it counts as one of the fault's `times`. */
  take(to: string): FaultDto | undefined {
    const { fault } = this;
    if (fault?.to !== undefined && fault.to !== to) return undefined;
    if (fault?.times === undefined) return fault;
    this.fault = fault.times > 1 ? { ...fault, times: fault.times - 1 } : undefined;
    return fault;
  }
}
