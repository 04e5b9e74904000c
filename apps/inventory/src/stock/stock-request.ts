import { StockLine } from '@app/contracts';
import { WorkContext } from '@app/service';

interface Request {
  readonly orderId: string;
  /** The work that the request comes from; what is told because of it is told there. */
  readonly context: WorkContext;
}

/** An order wants these pieces: all of them, or none. `remind`: it has not heard the decision, and wants to hear it again. */
interface ReserveRequest extends Request {
  readonly kind: 'reserve' | 'remind';
  readonly lines: StockLine[];
}

/** An order was cancelled and gives back what it has. */
interface ReleaseRequest extends Request {
  readonly kind: 'release';
}

/** What an order's event asks of the stock. */
export type StockRequest = ReserveRequest | ReleaseRequest;
