import RequestClient from 'twilio/lib/base/RequestClient';

/** The SDK's HTTP client, at another host. */
export class GatewayClient extends RequestClient {
  override request<Data>(options: RequestClient.RequestOptions<Data>) {
    const { pathname } = new URL(options.uri);
    return super.request({ ...options, uri: new URL(pathname, process.env.SMS_GATEWAY_URL).href });
  }
}
