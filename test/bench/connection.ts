// One keep-alive HTTP connection with as little work per request as it goes, so that the server gets the processor.

import { connect, type Socket } from 'node:net';

export interface Reply {
  readonly status: number;
  readonly bytes: number;
}

export interface Connection {
  send(request: Buffer): Promise<Reply>;
  close(): void;
}

/** The bytes of a request, made before the clock runs. */
export const requestBytes = (
  { method, path, body }: { method: string; path: string; body?: string | undefined },
  token?: string,
): Buffer => {
  const bearer = token === undefined ? '' : `authorization: Bearer ${token}\r\n`;
  const head = `${method} ${path} HTTP/1.1\r\nhost: localhost\r\naccept: application/fhir+json\r\n${bearer}`;
  if (body === undefined) return Buffer.from(`${head}\r\n`);
  const length = String(Buffer.byteLength(body));
  return Buffer.from(
    `${head}content-type: application/fhir+json\r\ncontent-length: ${length}\r\n\r\n${body}`,
  );
};

const endOfHead = Buffer.from('\r\n\r\n');
const endOfChunks = Buffer.from('0\r\n\r\n');

export const openConnection = (port: number): Connection => {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received: Buffer[] = [];
  let size = 0;
  /** Bytes of the whole answer once the head is known; NaN while chunked. */
  let whole = 0;
  let status = 0;
  let settle: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;

  const finish = (): void => {
    const reply = { status, bytes: size };
    received = [];
    size = 0;
    whole = 0;
    const { resolve } = settle!;
    settle = undefined;
    resolve(reply);
  };
  const readHead = (): void => {
    const start = received.length === 1 ? received[0]! : Buffer.concat(received);
    received = [start];
    const at = start.indexOf(endOfHead);
    if (at < 0) return;
    const head = start.toString('latin1', 0, at);
    status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const isEmpty = status === 204 || status === 304;
    whole = length === undefined && !isEmpty ? NaN : at + 4 + Number(length ?? 0);
  };
  socket.on('data', (part: Buffer) => {
    received.push(part);
    size += part.length;
    if (whole === 0) readHead();
    if (whole === 0) return;
    if (Number.isNaN(whole) ? part.subarray(-5).equals(endOfChunks) : size >= whole) finish();
  });
  const fail = (error: Error): void => {
    settle?.reject(error);
  };
  socket.on('error', fail);
  socket.on('close', () => {
    fail(new Error('The server closed the connection.'));
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
};
