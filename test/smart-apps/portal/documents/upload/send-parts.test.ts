// A file that is sent in parts.

import { expect } from 'chai';
import { FhirFailure } from '../../../../../smart-apps/ui/src/fhir/failure.ts';
import {
  partSize,
  sendParts,
  type Parts,
} from '../../../../../smart-apps/portal/src/documents/upload/send-parts.ts';
import type { Sending } from '../../../../../smart-apps/portal/src/documents/upload/send.ts';

const url = 'https://server.example/fhir/Binary';
const address = `${url}/_upload/1`;
const made = `${url}/b1/_history/1`;

/** A server that keeps bytes, and of which the connection breaks at the given requests. */
const startServer = (breaks: readonly number[] = []) => {
  const kept: Uint8Array[] = [];
  const asked: string[] = [];
  const sizeOf = () => kept.reduce((sum, part) => sum + part.length, 0);
  let isComplete = false;
  const answer = (headers: Readonly<Record<string, string>>) => ({
    status: 200,
    header: (name: string) => headers[name] ?? null,
  });
  const send = async ({ method, url: to, headers, body }: Sending) => {
    asked.push(`${method} ${to.slice(url.length)} ${headers['upload-offset'] ?? ''}`.trim());
    if (breaks.includes(asked.length)) throw new FhirFailure('network', 0);
    if (method === 'POST') return answer({ location: address });
    if (method === 'HEAD')
      return answer({
        'upload-offset': String(sizeOf()),
        'upload-complete': isComplete ? '?1' : '?0',
        ...(isComplete ? { 'content-location': made } : {}),
      });
    kept.push(new Uint8Array(await body!.arrayBuffer()));
    isComplete = headers['upload-complete'] === '?1';
    return answer(isComplete ? { location: made } : {});
  };
  return { send, asked, bytes: () => new Blob(kept as BlobPart[]).arrayBuffer() };
};

const file = new Blob([new Uint8Array(2 * partSize + 5).fill(7)]);
const partsOf = (send: Parts['send'], begun?: string): Parts => ({
  ...{ file, contentType: 'application/pdf', url, send, begun },
  token: () => Promise.resolve('token'),
  signal: new AbortController().signal,
  onSent: () => undefined,
  onBegun: () => undefined,
});

describe('a file sent in parts', () => {
  it('arrives whole, part after part', async () => {
    const { send, asked, bytes } = startServer();

    const location = await sendParts(partsOf(send));

    expect(location).to.equal(made);
    expect((await bytes()).byteLength).to.equal(file.size);
    expect(asked).to.deep.equal([
      'POST',
      'PATCH /_upload/1 0',
      `PATCH /_upload/1 ${String(partSize)}`,
      `PATCH /_upload/1 ${String(2 * partSize)}`,
    ]);
  });

  it('goes on after what has arrived when the connection broke', async () => {
    const { send, asked, bytes } = startServer([3]);
    let begun: string | undefined;
    const first = { ...partsOf(send), onBegun: (at: string) => (begun = at) };
    const failure = await sendParts(first).catch((error: unknown) => error);

    const location = await sendParts(partsOf(send, begun));

    expect(failure).to.be.instanceOf(FhirFailure);
    expect(location).to.equal(made);
    expect((await bytes()).byteLength).to.equal(file.size);
    expect(asked.filter((each) => each === 'PATCH /_upload/1 0')).to.have.length(1);
  });

  it('takes the Binary that was made although the answer was lost', async () => {
    const { send, asked } = startServer();
    await sendParts(partsOf(send));

    const location = await sendParts(partsOf(send, address));

    expect(location).to.equal(made);
    expect(asked.filter((each) => each.startsWith('PATCH'))).to.have.length(3);
  });

  it('begins anew when the server keeps nothing of it any more', async () => {
    const { send, asked } = startServer();
    const forgetful: Parts['send'] = async (sending) => {
      if (sending.method === 'HEAD') throw new FhirFailure('missing', 404);
      return send(sending);
    };

    const location = await sendParts(partsOf(forgetful, `${url}/_upload/old`));

    expect(location).to.equal(made);
    expect(asked[0]).to.equal('POST');
  });

  it('tells how much has been sent', async () => {
    const { send } = startServer();
    const told: number[] = [];

    await sendParts({ ...partsOf(send), onSent: (bytes) => told.push(bytes) });

    expect(told).to.deep.equal([partSize, 2 * partSize, file.size]);
  });
});
