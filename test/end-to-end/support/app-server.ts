// A SMART app as others write it: three pages with the fhirclient library, on a server of its own and so of another origin.
// https://github.com/smart-on-fhir/client-js

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AppServer {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

export interface AppOptions {
  readonly clientId: string;
  readonly iss: string;
  readonly standaloneScope: string;
  readonly ehrScope: string;
}

/** `/` opens alone, `/launch` is opened by the EHR, `/app` shows whom it was opened for, or why it was not. */
export const startApp = async (options: () => AppOptions): Promise<AppServer> => {
  const library = await readFile(new URL(import.meta.resolve('fhirclient/build/fhir-client.js')));
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://app');
    const script = pathname === '/fhir-client.js';
    res.setHeader('content-type', script ? 'text/javascript' : 'text/html; charset=utf-8');
    res.end(script ? library : (pages[pathname] ?? notThere)(options()));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  };
};

type Write = (options: AppOptions) => string;

const page = (script: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>An app</title></head>
<body><h1>An app</h1><pre id="result"></pre>
<script src="/fhir-client.js"></script><script>${script}</script></body></html>`;

const notThere: Write = () => page('');

const pages: Readonly<Record<string, Write>> = {
  '/': ({ clientId, iss, standaloneScope: scope }) =>
    page(
      `FHIR.oauth2.authorize(${JSON.stringify({ clientId, iss, scope, redirectUri: '/app' })});`,
    ),
  '/launch': ({ clientId, ehrScope: scope }) =>
    page(`FHIR.oauth2.authorize(${JSON.stringify({ clientId, scope, redirectUri: '/app' })});`),
  '/app': () => page(showLaunch),
};

/** What an app does first: who is it about, who uses it, what was measured; then the same with a refreshed token. */
const showLaunch = `
const show = (result) => { document.getElementById('result').textContent = JSON.stringify(result); };
FHIR.oauth2.ready().then(async (client) => {
  const first = await client.patient.read();
  const user = await client.user.read();
  const observations = await client.patient.request('Observation');
  const before = client.state.tokenResponse.access_token;
  await client.refresh();
  const again = await client.patient.read();
  const { scope, patient, encounter, need_patient_banner, intent } = client.state.tokenResponse;
  show({
    ...{ scope, patient, encounter, need_patient_banner, intent },
    name: first.name[0].given[0], again: again.id, user: user.resourceType + '/' + user.id,
    observations: observations.entry.length, fhirUser: client.getFhirUser(),
    isRenewed: before !== client.state.tokenResponse.access_token,
  });
}).catch((error) => show({ error: String(error) }));
`;
