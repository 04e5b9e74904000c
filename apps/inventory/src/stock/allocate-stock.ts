import { Injectable } from '@nestjs/common';
import { allocate, StockState, Decision, reservationBy, reservedChanges } from './allocation';
import { CorrectedReservation, Reservations } from './reservations';
import { Stock } from './stock';
import { StockNews } from './stock-news';
import { StockRequest } from './stock-request';

/**
 * Reserves every line of an order or none, gives back what a cancelled order had, and tells it; tells it again where it is asked to. Many requests have the effect
 * that they would have one after the other: all their rows are locked, everything is decided in memory, and each row is written once.
 * Runs in the transaction of the messages that ask for it. Every such transaction locks reservations first and stock second,
 * both sorted, so that no two wait for each other in a circle.
 */
@Injectable()
export class AllocateStock {
  constructor(
    private readonly reservations: Reservations,
    private readonly stock: Stock,
    private readonly news: StockNews,
  ) {}

  async execute(requests: readonly StockRequest[]): Promise<void> {
    const reservations = await this.reservations.claim(requests);
    const levels = await this.stock.lock(skusOf(requests, reservations));
    const decisions = allocate(requests, { levels, reservations });
    await this.stock.changeReserved(reservedChanges(decisions));
    await this.reservations.correct(decisions.flatMap(correctionBy));
    await this.news.tell(decisions);
  }
}

/** What its row does not say: an order is claimed as reserved, and may be rejected or released instead. */
function correctionBy(decision: Decision): CorrectedReservation[] {
  const { orderId } = decision.request;
  const reservation = reservationBy(decision);
  const isOther = reservation?.status === 'rejected' || reservation?.status === 'released';
  return isOther ? [{ orderId, ...reservation }] : [];
}

/** What may be taken, and what may come back. */
function skusOf(requests: readonly StockRequest[], reservations: StockState['reservations']): string[] {
  const wanted = requests.flatMap((request) => (request.kind === 'release' ? [] : request.lines));
  const held = [...reservations.values()].flatMap(({ lines }) => lines);
  return [...new Set([...wanted, ...held].map(({ sku }) => sku))];
}
