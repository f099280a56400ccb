// A file becomes a Binary in parts, and goes on where the line broke. Against the real server, with a line that breaks.

import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { FhirFailure } from '../../../../smart-apps/ui/src/fhir/failure.ts';
import { giveUp, sendBytes } from '../../../../smart-apps/ui/src/uploads/send-bytes.ts';
import type { Wire, WireRequest } from '../../../../smart-apps/ui/src/uploads/wire.ts';
import { startServer, type TestServer } from '../../../support/server.ts';

describe('sending a file in parts', function () {
  this.timeout(120_000);
  const bytes = randomBytes(9_000_000);
  const file = new Blob([bytes]);
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const wire: Wire = async ({ method, address, headers = {}, body, onSent }) => {
    const response = await fetch(new URL(address, `${server.base}/`), {
      ...{ method, headers },
      ...(body === undefined ? {} : { body }),
    });
    onSent?.(body?.size ?? 0);
    const text = await response.text();
    return {
      ...{ status: response.status, text },
      header: (name) => response.headers.get(name) ?? undefined,
    };
  };
  const sending = (more: Partial<Parameters<typeof sendBytes>[1]> = {}) => ({
    ...{ file, contentType: 'application/pdf', signal: new AbortController().signal },
    ...{ onBegun: () => undefined, onSent: () => undefined, wait: () => Promise.resolve() },
    ...more,
  });
  const digestOf = async (binary: string): Promise<string> => {
    const response = await fetch(`${server.base}/${binary}`, { headers: { accept: '*/*' } });
    return createHash('sha256')
      .update(Buffer.from(await response.arrayBuffer()))
      .digest('hex');
  };
  const whole = createHash('sha256').update(bytes).digest('hex');
  const broken = new FhirFailure('network', 0);

  it('makes a Binary of the same bytes and tells how far it is', async () => {
    const told: number[] = [];

    const binary = await sendBytes(wire, sending({ onSent: (sent) => told.push(sent) }));

    expect(await digestOf(binary)).to.equal(whole);
    expect(told).to.deep.equal([...told].sort((one, other) => one - other));
    expect(told.at(-1)).to.equal(bytes.length);
  });

  it('goes on after a line that broke before and after the server had the bytes', async () => {
    let asked = 0;
    const methods: string[] = [];
    const flaky: Wire = async (request: WireRequest) => {
      asked += 1;
      methods.push(request.method);
      if (asked === 3) throw broken;
      const answer = await wire(request);
      if (asked === 5) throw broken;
      return answer;
    };

    const binary = await sendBytes(flaky, sending());

    expect(await digestOf(binary)).to.equal(whole);
    expect(methods.filter((method) => method === 'POST')).to.have.length(1);
  });

  it('learns of a Binary whose answer was lost', async () => {
    const flaky: Wire = async (request) => {
      const answer = await wire(request);
      if (request.headers?.['upload-complete'] === '?1') throw broken;
      return answer;
    };

    const binary = await sendBytes(flaky, sending());

    expect(await digestOf(binary)).to.equal(whole);
  });

  it('begins anew when the server has given the upload up', async () => {
    let address = '';
    await sendBytes(
      (request) => (request.method === 'PATCH' ? Promise.reject(broken) : wire(request)),
      sending({ onBegun: (begun) => (address = begun) }),
    ).catch(() => undefined);
    await giveUp(wire, address);

    const binary = await sendBytes(wire, sending({ address }));

    expect(await digestOf(binary)).to.equal(whole);
  });

  it('gives up after five tries, and at once when it is refused', async () => {
    let asked = 0;
    const dead: Wire = () => {
      asked += 1;
      return Promise.reject(broken);
    };
    const refusing: Wire = () =>
      Promise.resolve({ status: 413, text: '', header: () => undefined });

    const [lost, refused] = await Promise.all([
      sendBytes(dead, sending()).catch((error: unknown) => error),
      sendBytes(refusing, sending()).catch((error: unknown) => error),
    ]);

    expect(asked).to.equal(5);
    expect([lost, refused].map((error) => (error as FhirFailure).kind)).to.deep.equal([
      ...['network', 'invalid'],
    ]);
  });

  it('ends at once when it is stopped while it waits to try again', async () => {
    const stop = new AbortController();
    const dead: Wire = () => {
      setTimeout(() => stop.abort(), 10);
      return stop.signal.aborted
        ? Promise.reject(new DOMException('Stopped.', 'AbortError'))
        : Promise.reject(broken);
    };
    const patient = { file, contentType: 'application/pdf', signal: stop.signal };
    let stopped = Infinity;
    stop.signal.addEventListener('abort', () => (stopped = Date.now()));

    const ended = await sendBytes(dead, {
      ...patient,
      onBegun: () => undefined,
      onSent: () => undefined,
    }).catch((error: unknown) => error);

    expect((ended as Error).name).to.equal('AbortError');
    expect(Date.now() - stopped).to.be.below(400);
  });

  it('fails where the answer names no Binary', async () => {
    const nowhere: Wire = async (request) => ({
      ...(await wire(request)),
      header: () => undefined,
    });
    const unnamed: Wire = (request) =>
      request.headers?.['upload-complete'] === '?1' ? nowhere(request) : wire(request);

    const failure = await sendBytes(unnamed, sending()).catch((error: unknown) => error);

    expect((failure as FhirFailure).kind).to.equal('fault');
  });
});
