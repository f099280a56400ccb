// Texts packed the way the client prefers.

import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { compress } from '../../src/http/compress.ts';
import { ask } from '../support/ask.ts';
import { startServer } from '../support/server.ts';

describe('http/compress', () => {
  const text = 'é'.repeat(10_000);

  for (const header of ['gzip', 'gzip, deflate', 'GZIP;q=0.5', 'br;q=0, gzip'])
    it(`packs with gzip for '${header}'`, async () => {
      const packed = await compress(text, header);

      expect(packed?.encoding).to.equal('gzip');
      expect(gunzipSync(packed!.bytes).toString()).to.equal(text);
    });

  it('packs with brotli when it may', async () => {
    const packed = await compress(text, 'gzip, deflate, br');

    expect(packed?.encoding).to.equal('br');
    expect(brotliDecompressSync(packed!.bytes).toString()).to.equal(text);
  });

  for (const header of [undefined, 'identity', 'gzip;q=0', 'deflate', 'zstd'])
    it(`does not pack for '${String(header)}'`, () => {
      expect(compress(text, header)).to.equal(undefined);
    });

  it('does not pack what is short', () => {
    expect(compress('short', 'gzip')).to.equal(undefined);
  });

  it('reads a header that is made to be slow in no time', () => {
    const started = performance.now();

    expect(compress(text, `gzip${' '.repeat(60_000)}x`)).to.equal(undefined);
    expect(performance.now() - started).to.be.lessThan(10_000);
  });

  it('says on the answer how it is packed', async () => {
    const server = await startServer();
    const url = `${server.base}/metadata`;
    const [packed, plain] = await Promise.all([
      ask(url, { headers: { 'accept-encoding': 'gzip' } }),
      ask(url),
    ]);
    await server.close();

    expect(packed.headers).to.include({
      'content-encoding': 'gzip',
      'content-length': String(packed.bytes.length),
      etag: plain.headers['etag'],
    });
    expect(packed.headers['vary']).to.contain('Accept-Encoding');
    expect(plain.headers).not.to.have.property('content-encoding');
    expect(gunzipSync(packed.bytes).toString()).to.equal(plain.text);
  });
});
