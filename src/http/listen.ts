// Listen: the port is taken first, requests wait until there is somebody to answer them, and stopping lets them finish.
// https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpserver

import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { invalid } from '../fhir/problem.ts';
import { outcomeOf } from '../fhir/outcome.ts';

export interface Listening {
  readonly port: number;
  /** From now on this answers, also what was asked before. */
  serve(listener: RequestListener): void;
  /** Takes no new connection, lets what was asked be answered, and cuts off what is left after the time. */
  stop(times: StopTimes): Promise<void>;
}

export interface StopTimes {
  /** Connections are taken for so long yet: what waits at the port was sent by somebody. */
  readonly acceptMilliseconds: number;
  readonly graceSeconds: number;
}

export const listen = async (host: string, port: number): Promise<Listening> => {
  const { promise: ready, resolve: serve } = Promise.withResolvers<RequestListener>();
  let answer: RequestListener = (req, res) => {
    void ready.then((listener) => {
      listener(req, res);
    });
  };
  void ready.then((listener) => {
    answer = listener;
  });
  const server = createServer(options, (req, res) => {
    answer(req, res);
  });
  server.on('clientError', refuseBrokenRequest);
  await opened(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return { port: taken, serve, stop: (times) => stop(server, times) };
};

const options = {
  // A search by GET may be long.
  maxHeaderSize: 64 * 1024,
  // A large Binary over a slow line takes its time.
  requestTimeout: 3_600_000,
  keepAliveTimeout: 65_000,
  noDelay: true,
};

const opened = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, 1024, () => {
      server.off('error', reject);
      resolve();
    });
  });

const stop = async (
  server: Server,
  { acceptMilliseconds, graceSeconds }: StopTimes,
): Promise<void> => {
  await setTimeout(acceptMilliseconds);
  const closed = once(server, 'close');
  server.close();
  // A connection becomes idle when its answer is out, and nobody else would close it then.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  const cutOff = setInterval(() => {
    server.closeAllConnections();
  }, graceSeconds * 1000);
  await closed;
  clearInterval(sweep);
  clearInterval(cutOff);
};

/** What is not even HTTP gets an OperationOutcome, too. */
const refuseBrokenRequest = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isLong = error.code === 'HPE_HEADER_OVERFLOW';
  const { issues } = invalid(
    isLong
      ? 'The address and headers are longer than 64 KB; search by POST instead.'
      : 'The request is not valid HTTP.',
  );
  const body = JSON.stringify(outcomeOf(issues));
  const status = isLong ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/fhir+json; charset=utf-8\r\n` +
      `Content-Length: ${String(Buffer.byteLength(body))}\r\nConnection: close\r\n\r\n${body}`,
  );
};
