import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createFhir, type Fhir } from '../../../../smart-apps/ui/src/fhir/client.ts';
import type { FhirFailure } from '../../../../smart-apps/ui/src/fhir/failure.ts';
import { update } from '../../../../smart-apps/ui/src/fhir/write.ts';
import type { Tokens } from '../../../../smart-apps/ui/src/session/tokens.ts';

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly type?: string;
}

describe('requests to the FHIR API', () => {
  let server: Server;
  let fhir: Fhir;
  let seen: IncomingMessage[];
  let answers: Answer[];
  const tokens: Tokens = {
    current: async () => 'first',
    renewed: async () => 'second',
  };

  beforeEach(async () => {
    seen = [];
    answers = [];
    server = createServer((req, res) => {
      seen.push(req);
      const { status, body = '', type = 'application/fhir+json' } = answers.shift()!;
      res.writeHead(status, { 'content-type': type }).end(body);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    fhir = createFhir(`http://127.0.0.1:${String(port)}/fhir`, tokens);
  });
  afterEach(() => server.close());

  const failureOf = (path: string): Promise<FhirFailure> =>
    fhir.ask({ path }).then(
      () => expect.fail('It did not fail.'),
      (error: unknown) => error as FhirFailure,
    );

  it('carry the token', async () => {
    answers.push({ status: 200, body: '{"resourceType":"Patient"}' });

    const { body } = await fhir.ask({ path: 'Patient/1' });

    expect(body).to.deep.equal({ resourceType: 'Patient' });
    expect(seen[0]?.url).to.equal('/fhir/Patient/1');
    expect(seen[0]?.headers.authorization).to.equal('Bearer first');
  });

  for (const path of [
    'https://evil.example/fhir/Patient/1',
    '//evil.example/fhir/Binary/1',
    '../oauth/token',
    '/apps/portal/',
    'javascript:alert(1)',
  ])
    it(`never carry the token to ${path}`, async () => {
      expect((await failureOf(path)).kind).to.equal('refused');
      expect(seen).to.deep.equal([]);
    });

  it('may name the whole address of a next page', async () => {
    answers.push({ status: 200, body: '{"resourceType":"Bundle"}' });

    await fhir.ask({ path: `${fhir.base}?_getpages=1` });

    expect(seen[0]?.url).to.equal('/fhir?_getpages=1');
  });

  for (const [status, kind] of [
    [400, 'invalid'],
    [422, 'invalid'],
    [403, 'refused'],
    [404, 'missing'],
    [410, 'missing'],
    [409, 'conflict'],
    [412, 'conflict'],
    [429, 'busy'],
    [503, 'busy'],
    [500, 'fault'],
  ] as const)
    it(`fail with ${kind} when ${String(status)} is answered, in the server's words`, async () => {
      const outcome = {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'invalid', diagnostics: 'Write it as 2024-05-17.' }],
      };
      answers.push({ status, body: JSON.stringify(outcome) });

      const failure = await failureOf('Patient/1');

      expect(failure.kind).to.equal(kind);
      expect(failure.message).to.equal('Write it as 2024-05-17.');
    });

  it('are asked once more with a new token when the server does not take this one', async () => {
    answers.push({ status: 401 }, { status: 200, body: '{}' });

    await fhir.ask({ path: 'Patient/1' });

    expect(seen.map(({ headers }) => headers.authorization)).to.deep.equal([
      'Bearer first',
      'Bearer second',
    ]);
  });

  it('fail with expired when the new token is not taken either', async () => {
    answers.push({ status: 401 }, { status: 401 });

    expect((await failureOf('Patient/1')).kind).to.equal('expired');
  });

  it('fail with network when nothing answers', async () => {
    await new Promise((resolve) => server.close(resolve));

    expect((await failureOf('Patient/1')).kind).to.equal('network');
  });

  it('fail with fault when a page of something else is answered in the place of the server', async () => {
    answers.push({ status: 502, body: '<h1>Bad gateway</h1>', type: 'text/html' });

    expect((await failureOf('Patient/1')).kind).to.equal('fault');
  });

  it('name the version that is changed', async () => {
    answers.push({ status: 200, body: '{}' });

    await update(fhir, { resourceType: 'Patient', id: '1', meta: { versionId: '7' } });

    expect(seen[0]?.headers['if-match']).to.equal('W/"7"');
  });
});
