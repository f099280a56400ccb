// The clamd adapter against a server that speaks clamd's documented protocol.
// https://docs.clamav.net/manual/Usage/Scanning.html#clamd

import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { createClamd } from '#src/sharing/publish/clamd.ts';
import { checkScanned, type Scan } from '#src/sharing/publish/scan.ts';

/** Reads the frames of an INSTREAM and answers by what was in them, or as soon as there is too much of it. */
const serve = (socket: Socket, limit: number): void => {
  let buffer = Buffer.alloc(0);
  let isOpen = false;
  const parts: Buffer[] = [];
  const answer = (text: string): void => {
    socket.removeAllListeners('data');
    socket.end(`${text}\0`);
  };
  const readFrame = (): boolean => {
    if (!isOpen) {
      const command = 'zINSTREAM\0';
      if (buffer.length < command.length) return false;
      if (buffer.toString('latin1', 0, command.length) !== command) answer('UNKNOWN COMMAND');
      buffer = buffer.subarray(command.length);
      isOpen = true;
      return true;
    }
    if (buffer.length < 4) return false;
    const length = buffer.readUInt32BE();
    if (buffer.length < 4 + length) return false;
    parts.push(buffer.subarray(4, 4 + length));
    buffer = buffer.subarray(4 + length);
    const content = Buffer.concat(parts);
    if (content.length > limit) answer('INSTREAM size limit exceeded. ERROR');
    else if (length === 0)
      answer(content.includes('EICAR') ? 'stream: Eicar-Signature FOUND' : 'stream: OK');
    return length > 0;
  };
  socket.on('error', () => undefined);
  socket.on('data', (data: Buffer) => {
    buffer = Buffer.concat([buffer, data]);
    while (readFrame());
  });
};

async function* partsOf(...parts: readonly (string | Uint8Array)[]): AsyncIterable<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(Buffer.from(part));
}

const mostBytes = 1_000_000;

describe('the clamd adapter', function () {
  this.timeout(60_000);
  let server: Server;
  let scan: Scan;
  before(async () => {
    server = createServer((socket) => {
      serve(socket, mostBytes);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    scan = createClamd({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  });
  after(() => {
    server.close();
  });

  it('says that a file is clean', async () => {
    expect(await scan(partsOf('a report', '', ' in parts'))).to.deep.equal({ kind: 'clean' });
  });

  it('takes a file without a byte', async () => {
    expect(await scan(partsOf())).to.deep.equal({ kind: 'clean' });
  });

  it('names what the scanner has found, also across parts', async () => {
    expect(await scan(partsOf('X5O!P%@AP EI', 'CAR'))).to.deep.equal({
      ...{ kind: 'infected', name: 'Eicar-Signature' },
    });
  });

  it('hears the answer to a file that is too large, though the line is cut', async () => {
    const parts = Array.from({ length: 200 }, () => Buffer.alloc(65_536));

    expect(await scan(partsOf(...parts))).to.deep.equal({ kind: 'too large' });
  });

  const statuses: Readonly<Record<string, readonly [number, Scan]>> = {
    'an infected file': [422, () => Promise.resolve({ kind: 'infected', name: 'x' })],
    'a file that is too large': [413, () => Promise.resolve({ kind: 'too large' })],
    'a scanner that is not there': [503, createClamd({ host: '127.0.0.1', port: 1 })],
  };
  for (const [what, [status, by]] of Object.entries(statuses))
    it(`makes ${what} a ${String(status)}`, async () => {
      const refused: unknown = await checkScanned(by, partsOf('x'), 'x').catch(
        (error: unknown) => error,
      );

      expect(refused).to.have.property('status', status);
    });

  it('gives up on one that says nothing', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const patient = createClamd({ host: '127.0.0.1', port, idleMilliseconds: 50 });

    const refused: unknown = await patient(partsOf('x')).catch((error: unknown) => error);

    expect(refused).to.be.instanceOf(Error);
    silent.close();
  });

  it('does not believe an answer it does not know', async () => {
    const strange = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('stream: MAYBE\0');
    }).listen(0, '127.0.0.1');
    await once(strange, 'listening');
    const { port } = strange.address() as AddressInfo;

    const refused: unknown = await createClamd({ host: '127.0.0.1', port })(partsOf('x')).catch(
      (error: unknown) => error,
    );

    expect(refused).to.be.instanceOf(Error);
    strange.close();
  });
});
