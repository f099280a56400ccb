// Search over HTTP: what goes in, and the Bundle that comes out. What each parameter finds is tested in test/search.
// https://hl7.org/fhir/R4/http.html#search

import { expect } from 'chai';
import { ask, type Question } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Entry {
  readonly fullUrl: string;
  readonly resource: {
    readonly resourceType: string;
    readonly id: string;
    readonly meta: { readonly versionId: string };
  };
  readonly search: { readonly mode: string };
}
interface Link {
  readonly relation: string;
  readonly url: string;
}

describe('interactions/search', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ limits: { page: 100 } });
    const put = (type: string, id: string, more: object) =>
      ask(`${server.base}/${type}/${id}`, {
        method: 'PUT',
        body: { resourceType: type, id, ...more },
      });
    for (const id of ['p1', 'p2', 'p3', 'p4', 'p5'])
      await put('Patient', id, { name: [{ family: `Fam${id}` }], gender: 'female' });
    for (const n of ['1', '2', '3'])
      await put('Observation', `o${n}`, {
        status: 'final',
        code: { coding: [{ system: 'urn:c', code: `c${n}` }] },
        subject: { reference: `Patient/p${n === '3' ? '2' : '1'}` },
      });
  });
  after(() => server.close());
  const get = (path: string, question: Question = {}) => ask(`${server.base}/${path}`, question);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const idsOf = (json: { entry?: readonly Entry[] }) =>
    (json.entry ?? []).map(({ resource }) => resource.id);
  const linkOf = (json: { link: readonly Link[] }, relation: string) =>
    json.link.find((each) => each.relation === relation)?.url;

  it('gives a searchset of matches with their addresses', async () => {
    const { status, json } = await get('Patient?gender=female&_count=2');
    const [first] = json.entry as readonly Entry[];

    expect(status).to.equal(200);
    expect(json).to.include({ resourceType: 'Bundle', type: 'searchset' });
    expect(json).not.to.have.property('total');
    expect(idsOf(json)).to.deep.equal(['p1', 'p2']);
    expect(first).to.deep.include({
      fullUrl: `${server.base}/Patient/p1`,
      search: { mode: 'match' },
    });
    expect(linkOf(json, 'self')).to.equal(`${server.base}/Patient?gender=female&_count=2`);
  });

  it('leads through all pages and back', async () => {
    const seen: string[] = [];
    let url: string | undefined = `${server.base}/Patient?_count=2`;
    let back: string | undefined;
    while (url !== undefined && seen.length < 20) {
      const { json } = await ask(url);
      seen.push(...idsOf(json));
      back = linkOf(json, 'previous');
      url = linkOf(json, 'next');
    }
    const previous = await ask(back!);

    expect(seen).to.deep.equal(['p1', 'p2', 'p3', 'p4', 'p5']);
    expect(idsOf(previous.json)).to.deep.equal(['p3', 'p4']);
  });

  it('refuses a cursor that is made up, changed or of another search', async () => {
    const { json } = await get('Patient?_count=2');
    const cursor = new URL(linkOf(json, 'next')!).searchParams.get('_cursor')!;

    for (const query of [
      '_cursor=abc',
      `_cursor=${cursor.slice(0, -3)}AAA`,
      `gender=male&_cursor=${cursor}`,
    ])
      expect((await get(`Patient?${query}`)).status, query).to.equal(400);
  });

  it('counts when asked, and only counts with _summary=count and _count=0', async () => {
    const [accurate, count, zero] = await Promise.all([
      get('Patient?_total=accurate&_count=1'),
      get('Patient?_summary=count'),
      get('Patient?_count=0'),
    ]);

    expect(accurate.json.total).to.equal(5);
    expect(idsOf(accurate.json)).to.have.length(1);
    for (const { json } of [count, zero]) {
      expect(json.total).to.equal(5);
      expect(json).not.to.have.property('entry');
    }
  });

  it('takes the parameters of a form and of the address together', async () => {
    const { status, json } = await get('Patient/_search?gender=female', {
      ...{ method: 'POST', headers: form, body: 'name=Famp3' },
    });

    expect(status).to.equal(200);
    expect(idsOf(json)).to.deep.equal(['p3']);
    expect(linkOf(json, 'self')).to.equal(`${server.base}/Patient?gender=female&name=Famp3`);
  });

  it('takes an empty form and refuses another content type', async () => {
    const empty = await get('Patient/_search', { method: 'POST', headers: form, body: '' });
    const wrong = await get('Patient/_search', { method: 'POST', body: { name: 'x' } });

    expect(empty.status).to.equal(200);
    expect(wrong.status).to.equal(415);
  });

  it('answers a form as the form asks', async () => {
    const pretty = await get('Patient/_search', {
      ...{ method: 'POST', headers: form, body: '_pretty=true&_format=application/json&_id=p1' },
    });
    const xml = await get('Patient/_search', {
      method: 'POST',
      headers: form,
      body: '_format=xml',
    });

    expect(pretty.text).to.match(/^\{\n/);
    expect(pretty.headers['content-type']).to.equal('application/json; charset=utf-8');
    expect(xml.status).to.equal(406);
  });

  it('searches all types, or some', async () => {
    const all = await get('?_summary=count');
    const some = await get('?_type=Observation&_id=o1');
    const posted = await get('_search', {
      ...{ method: 'POST', headers: form, body: '_type=Patient,Observation&_summary=count' },
    });

    expect(all.json.total).to.equal(8);
    expect(idsOf(some.json)).to.deep.equal(['o1']);
    expect(posted.json.total).to.equal(8);
  });

  it('searches inside a compartment', async () => {
    const type = await get('Patient/p1/Observation');
    const coded = await get('Patient/p1/Observation?code=c2');
    const any = await get('Patient/p1/*?_type=Observation');
    const posted = await get('Patient/p1/Observation/_search', {
      ...{ method: 'POST', headers: form, body: 'code=c1' },
    });

    expect(idsOf(type.json)).to.deep.equal(['o1', 'o2']);
    expect(linkOf(type.json, 'self')).to.equal(`${server.base}/Patient/p1/Observation`);
    expect(idsOf(coded.json)).to.deep.equal(['o2']);
    expect(idsOf(any.json)).to.deep.equal(['o1', 'o2']);
    expect(idsOf(posted.json)).to.deep.equal(['o1']);
  });

  it('includes what matches refer to and what refers to matches', async () => {
    const forth = await get('Observation?_include=Observation:subject');
    const back = await get('Patient?_id=p2&_revinclude=Observation:subject');
    const modes = (forth.json.entry as readonly Entry[]).map(({ search }) => search.mode);

    expect(idsOf(forth.json)).to.deep.equal(['o1', 'o2', 'o3', 'p1', 'p2']);
    expect(modes).to.deep.equal(['match', 'match', 'match', 'include', 'include']);
    expect(idsOf(back.json)).to.deep.equal(['p2', 'o3']);
  });

  it('includes the version that a reference names, and the current one for who refers to that', async () => {
    const put = (resource: { readonly resourceType: string; readonly id: string }) =>
      ask(`${server.base}/${resource.resourceType}/${resource.id}`, {
        ...{ method: 'PUT', body: resource },
      });
    const refer = (id: string, to: string) =>
      put({
        ...{ resourceType: 'Basic', id, code: { text: 'x' }, subject: { reference: to } },
      });
    for (const gender of ['male', 'female', 'other'])
      await put({ ...{ resourceType: 'Patient', id: 'pv', gender, active: false } });
    await put({ ...{ resourceType: 'Patient', id: 'gone', active: false } });
    await ask(`${server.base}/Patient/gone`, { method: 'DELETE' });
    const versions = async (query: string) => {
      const { json } = await get(`Basic?_include=Basic:subject&${query}`);
      return (json.entry as readonly Entry[])
        .filter(({ search }) => search.mode === 'include')
        .map(({ fullUrl, resource }) => [fullUrl, resource.meta.versionId]);
    };
    const url = `${server.base}/Patient/pv`;
    await refer('older', 'Patient/pv/_history/2');
    await refer('absolute', `${url}/_history/1`);
    await refer('latest', 'Patient/pv/_history/3');
    await refer('current', 'Patient/pv');
    await refer('never', 'Patient/pv/_history/9');
    await refer('before', 'Patient/gone/_history/1');
    await refer('deletion', 'Patient/gone/_history/2');

    expect(await versions('_id=older')).to.deep.equal([[url, '2']]);
    expect(await versions('_id=absolute,older')).to.have.deep.members([
      [url, '1'],
      [url, '2'],
    ]);
    expect(await versions('_id=older,latest,current')).to.have.deep.members([
      [url, '2'],
      [url, '3'],
    ]);
    expect(await versions('_id=never,deletion')).to.deep.equal([]);
    expect(await versions('_id=before')).to.deep.equal([[`${server.base}/Patient/gone`, '1']]);
  });

  it('refuses a parameter it does not know, and names a near one', async () => {
    const { status, json } = await get('Patient?genderr=female');

    expect(status).to.equal(400);
    expect(json.issue[0].diagnostics).to.contain("'gender'");
  });

  it('ignores it when told to be lenient, and says so', async () => {
    const headers = { prefer: 'handling=lenient' };
    const { status, json } = await get('Patient?genderr=female&_id=p1', { headers });
    const outcome = (json.entry as readonly Entry[]).at(-1)!;

    expect(status).to.equal(200);
    expect(linkOf(json, 'self')).to.equal(`${server.base}/Patient?_id=p1`);
    expect(outcome.search.mode).to.equal('outcome');
    expect(outcome.resource.resourceType).to.equal('OperationOutcome');
  });

  it('gives parts of resources', async () => {
    const { json } = await get('Patient?_id=p1&_elements=gender');

    expect(json.entry[0].resource).to.have.keys('resourceType', 'id', 'meta', 'gender');
    expect(json.entry[0].resource.meta.tag[0].code).to.equal('SUBSETTED');
  });

  it('refuses an element that no resource has, and ignores it when the client would have it so', async () => {
    const { status, json } = await get('Patient?_elements=id,gendr');
    const headers = { prefer: 'handling=lenient' };

    expect(status).to.equal(400);
    expect(json.issue[0].diagnostics).to.contain("'gendr' in '_elements'").and.contain('gender');
    expect((await get('Patient?_elements=id,gendr', { headers })).status).to.equal(200);
    for (const known of ['name.family', 'Patient.name', 'value', 'valueQuantity', 'meta', ' id'])
      expect((await get(`Patient?_elements=${known}`)).status, known).to.equal(200);
  });

  it('explains in full, whatever parts of the matches are asked for', async () => {
    const { json } = await get('Patient?gender=female&_elements=id&__explain');

    expect(json.parameter).to.have.length(2);
    expect(json).not.to.have.property('meta');
  });

  it('explains how it would search', async () => {
    const { status, json } = await get('Patient?gender=female&__explain');

    expect(status).to.equal(200);
    expect(json.resourceType).to.equal('Parameters');
    expect(json.parameter[0].valueString).to.contain('Patient.gender');
  });

  it('takes no operators from parameters', async () => {
    for (const query of [
      'name[$ne]=x',
      '_id={"$gt":""}',
      "name=x' OR '1'='1",
      'name=.*',
      '_sort=;drop',
    ])
      expect((await get(`Patient?${encodeURI(query)}`)).status, query).to.be.within(200, 499);
    expect(idsOf((await get('Patient?name=.*')).json)).to.deep.equal([]);
    expect(idsOf((await get('Patient?name=%25')).json)).to.deep.equal([]);
  });
});
