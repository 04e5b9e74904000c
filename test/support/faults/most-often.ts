import type { Notification } from '../shop/notifications';

/** How many times the one that was repeated most came. */
export function mostOften(notifications: readonly Notification[]): number {
  const times = new Map<string, number>();
  for (const { eventId } of notifications) times.set(eventId, (times.get(eventId) ?? 0) + 1);
  return Math.max(...times.values());
}
