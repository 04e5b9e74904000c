import { GroupCommit } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { Asked, DeliveriesTable, DeliveryId, Ended, Ending } from './deliveries-table';

/** Statements of concurrent deliveries share a round trip and a commit; one at a time, so that more of them share it. */
const GROUPS = { max: 200, underWay: 1 };

/**
 * Whether the delivery may be sent now (`opened`, under a lease), was sent before, is `stale` since newer news of its order was sent,
 * must wait (it, or other news of its order, is under another's lease), or has been left unfinished too often. Given up is told once:
 * it begins anew after that, as a dead letter that is redriven does.
 */
export type Opening = 'opened' | 'sent' | 'stale' | 'in progress' | 'given up';

/** Opens and settles deliveries: calls that come at the same time share statements. */
@Injectable()
export class SendingLeases {
  private readonly opening = new GroupCommit((asked: readonly Asked[]) => this.openAll(asked), GROUPS);
  private readonly settling = new GroupCommit((ended: readonly Ended[]) => this.settleAll(ended), GROUPS);

  constructor(private readonly table: DeliveriesTable) {}

  /** Takes the lease where the delivery may be sent. The caller lets what concerns one order come one after the other. */
  open({ consumer, id, order }: Asked): Promise<Opening> {
    return this.opening.add({ consumer, id, order });
  }

  /** Ends the lease with what became of the call. */
  async settle({ consumer, id }: DeliveryId, state: Ending): Promise<void> {
    await this.settling.add({ consumer, id, state });
  }

  forgetOld(): Promise<void> {
    return this.table.forgetOld();
  }

  /** Of two copies in one group, the first gets the lease. */
  private async openAll(asked: readonly Asked[]): Promise<Opening[]> {
    const opened = new Map((await this.table.open(asked)).map((one) => [keyOf(one), one]));
    const allOpened = opened.size === asked.length;
    const sentBefore = new Set(allOpened ? [] : (await this.table.sentAmong(asked)).map(keyOf));
    const givenUp = new Set(allOpened ? [] : (await this.table.giveUpAmong(asked)).map(keyOf));
    return asked.map((delivery) => {
      const key = keyOf(delivery);
      const row = opened.get(key);
      if (opened.delete(key) && row !== undefined) return row.stale ? 'stale' : 'opened';
      if (givenUp.delete(key)) return 'given up';
      return sentBefore.has(key) ? 'sent' : 'in progress';
    });
  }

  private async settleAll(ended: readonly Ended[]): Promise<undefined[]> {
    await this.table.settle(ended);
    return ended.map(() => undefined);
  }
}

const keyOf = ({ consumer, id }: DeliveryId): string => JSON.stringify([consumer, id]);
