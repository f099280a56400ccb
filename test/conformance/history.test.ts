// History of an instance, a type and the system; _since, _at, _count, paging; versions that were deletions.
// https://hl7.org/fhir/R4/http.html#history

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Bundle } from 'fhir/r4.js';
import { bundleOf, linkOf, outcomeOf, pagesOf, resourceOf } from '../support/client.ts';
import { liveServer } from '../support/live.ts';

const patient = (id: string, family: string): object => ({
  resourceType: 'Patient',
  id,
  name: [{ family }],
});

const rows = (bundle: Bundle): readonly string[] =>
  (bundle.entry ?? []).map(
    (entry) => `${entry.request?.method ?? '?'} ${entry.response?.status.slice(0, 3) ?? '?'}`,
  );

describe('history', () => {
  const server = liveServer();
  const id = randomUUID();
  const path = `Patient/${id}`;
  const times: string[] = [];
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 15));

  before(async () => {
    const steps: (() => Promise<unknown>)[] = [
      () => server.put(path, patient(id, 'One')),
      () => server.put(path, patient(id, 'Two')),
      () => server.delete(path),
      () => server.put(path, patient(id, 'Four')),
    ];
    for (const step of steps) {
      await step();
      await wait();
      times.push(new Date().toISOString());
      await wait();
    }
  });

  it('lists every version, newest first, deletions without a resource', async () => {
    const bundle = bundleOf(await server.get(`${path}/_history`));

    expect(bundle.type).to.equal('history');
    expect(bundle.total).to.equal(4);
    expect(rows(bundle)).to.deep.equal(['PUT 201', 'DELETE 204', 'PUT 200', 'PUT 201']);
    expect(bundle.entry![1]!.resource).to.equal(undefined);
    expect(bundle.entry!.map((entry) => entry.request!.url)).to.deep.equal([
      path,
      path,
      path,
      path,
    ]);
    expect(bundle.entry!.map((entry) => entry.response!.etag)).to.deep.equal([
      'W/"4"',
      'W/"3"',
      'W/"2"',
      'W/"1"',
    ]);
  });

  it('reads each version', async () => {
    const two = await server.get(`${path}/_history/2`);

    expect(resourceOf(two)).to.have.deep.nested.property('name[0].family', 'Two');
    expect(two.headers.etag).to.equal('W/"2"');
    expect((await server.get(`${path}/_history/3`)).status).to.equal(410);
    expect((await server.get(`${path}/_history/9`)).status).to.equal(404);
  });

  it('gives what changed since an instant', async () => {
    const bundle = bundleOf(await server.get(`${path}/_history?_since=${times[1]!}`));

    expect(rows(bundle)).to.deep.equal(['PUT 201', 'DELETE 204']);
  });

  it('gives what was current at an instant', async () => {
    const second = bundleOf(await server.get(`${path}/_history?_at=${times[1]!}`));
    expect(second.entry!.map((entry) => entry.response!.etag)).to.deep.equal(['W/"2"']);
  });

  it('pages without gap or double', async () => {
    const pages = await pagesOf(server, `${path}/_history?_count=1`);
    const etags = pages.flatMap((page) => page.entry ?? []).map((entry) => entry.response!.etag);

    expect(etags).to.deep.equal(['W/"4"', 'W/"3"', 'W/"2"', 'W/"1"']);
    expect(linkOf(pages[1]!, 'previous') ?? linkOf(pages[1]!, 'prev')).to.be.a('string');
  });

  it('of the type and of the system holds them too', async () => {
    for (const all of ['Patient/_history', '_history']) {
      const bundle = bundleOf(await server.get(`${all}?_since=${times[2]!}`));
      expect(bundle.entry!.map((entry) => entry.fullUrl)).to.deep.include(`${server.base}/${path}`);
    }
  });

  it('of an id never used is 404, of a deleted one still there', async () => {
    expect((await server.get(`Patient/${randomUUID()}/_history`)).status).to.equal(404);
    const other = randomUUID();
    await server.put(`Patient/${other}`, patient(other, 'Short'));
    await server.delete(`Patient/${other}`);

    expect(rows(bundleOf(await server.get(`Patient/${other}/_history`)))).to.deep.equal([
      'DELETE 204',
      'PUT 201',
    ]);
    expect((await server.get(`Patient/${other}`)).status).to.equal(410);
  });

  it('refuses a _since that is no instant', async () => {
    const answer = await server.get(`${path}/_history?_since=yesterday`);

    expect(answer.status).to.equal(400);
    expect(outcomeOf(answer).issue[0]!.diagnostics).to.contain('_since');
  });
});
