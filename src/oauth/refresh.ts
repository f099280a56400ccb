// Refresh: names the client of a refresh that names none. fhirclient leaves out client_id, which a public client has to send.
// https://www.rfc-editor.org/rfc/rfc6749#section-6

import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { RequestHandler } from 'express';
import type { Provider } from 'oidc-provider';

/** As much as the library reads of a body. */
const mostBytes = 56 * 1024;

/** The refresh token itself says whose it is; a client with a secret has to show that all the same. */
export const nameRefreshingClient =
  (provider: Provider): RequestHandler =>
  async (req, _res, next) => {
    const length = Number(req.headers['content-length'] ?? NaN);
    const isForm = req.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    if (!isForm || req.headers.authorization !== undefined || !(length <= mostBytes)) {
      next();
      return;
    }
    const parameters = new URLSearchParams(await readText(req));
    const client = await ownerOf(parameters, provider);
    if (client !== undefined) parameters.set('client_id', client);
    const again = Buffer.from(parameters.toString());
    req.headers['content-length'] = String(again.length);
    giveBack(req, again);
    next();
  };

const ownerOf = async (
  parameters: URLSearchParams,
  provider: Provider,
): Promise<string | undefined> => {
  const isNamed = ['client_id', 'client_assertion'].some((name) => parameters.has(name));
  const value = parameters.get('refresh_token');
  if (isNamed || value === null || parameters.get('grant_type') !== 'refresh_token')
    return undefined;
  const token = await provider.RefreshToken.find(value);
  return token?.clientId;
};

const readText = async (req: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

/** The library reads the body through these two members, which from now on are those of a new stream. */
const giveBack = (req: IncomingMessage, body: Buffer): void => {
  const stream = Readable.from([body], { objectMode: false });
  Object.defineProperty(req, 'readable', { get: () => stream.readable, configurable: true });
  req.iterator = (options) => stream.iterator(options);
};
