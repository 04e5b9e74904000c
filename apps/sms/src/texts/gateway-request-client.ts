import { isNativeError } from 'node:util/types';
import { deliveryKey } from '@app/messaging';
import RequestClient from 'twilio/lib/base/RequestClient';
import { failureOf, failureWithoutAnswer } from './gateway-failure';

/** Shorter than the lease of a delivery. */
const TIMEOUT_MS = 10_000;

/**
 * The SDK's HTTP client, changed in three ways: it can speak to another host, it names the event that a text
 * is for, and it tells failures apart, `Retry-After` included. By itself it repeats nothing.
 */
export class GatewayRequestClient extends RequestClient {
  /** @param gatewayUrl replaces the origin of Twilio's URLs; absent means Twilio itself */
  constructor(private readonly gatewayUrl?: string) {
    super({ timeout: TIMEOUT_MS });
  }

  override async request<Data>(options: RequestClient.RequestOptions<Data>) {
    const headers = { ...options.headers, 'Idempotency-Key': encodeURIComponent(deliveryKey()) };
    const request = { ...options, uri: this.atGateway(options.uri), headers };
    const response = await super.request(request).catch((error: unknown) => {
      throw isNativeError(error) ? failureWithoutAnswer(error) : error;
    });
    if (response.statusCode >= 300) throw failureOf(response);
    return response;
  }

  private atGateway(uri: string): string {
    const { pathname, search } = new URL(uri);
    return this.gatewayUrl ? new URL(pathname + search, this.gatewayUrl).href : uri;
  }
}
