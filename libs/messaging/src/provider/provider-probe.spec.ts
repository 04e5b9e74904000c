import { Injectable } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { HandlerDiscovery } from '../handlers/handler-discovery';
import { Probe } from './probe.decorator';
import { ProviderProbe } from './provider-probe';

describe(ProviderProbe.name, () => {
  let answer: Promise<void>;

  @Injectable()
  class MailServer {
    @Probe('mail server')
    probe(): Promise<void> {
      return answer;
    }
  }

  const begin = async (...providers: (new () => object)[]): Promise<ProviderProbe> => {
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule],
      providers: [ProviderProbe, HandlerDiscovery, ...providers],
    }).compile();
    return (await module.init()).get(ProviderProbe);
  };

  afterEach(() => jest.useRealTimers());

  it('succeeds when the provider answers, and does not when it refuses', async () => {
    const sut = await begin(MailServer);
    answer = Promise.resolve();
    await expect(sut.succeeds()).resolves.toBe(true);
    answer = Promise.reject(new Error('421'));
    await expect(sut.succeeds()).resolves.toBe(false);
  });

  it('gives up a provider that does not come to an end, after 20 s', async () => {
    const sut = await begin(MailServer);
    jest.useFakeTimers();
    answer = new Promise(() => undefined);
    const probed = sut.succeeds();
    await jest.advanceTimersByTimeAsync(19_999);
    await expect(Promise.race([probed, Promise.resolve('waiting')])).resolves.toBe('waiting');
    await jest.advanceTimersByTimeAsync(1);
    await expect(probed).resolves.toBe(false);
  });

  it('succeeds where the service has no provider to ask', async () => {
    const sut = await begin();
    expect(sut.exists).toBe(false);
    await expect(sut.succeeds()).resolves.toBe(true);
  });
});
