// What is stored here counts for terminology as soon as it is written, but takes the place of nothing that HL7 defines.

import { expect } from 'chai';
import { unrestricted } from '#src/access/permit.ts';
import { documentOf } from '#src/fhir/json.ts';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('interactions/find-canonical', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());
  const url = 'http://example.org/ValueSet/colours';
  const put = (code: string, version: string, id = 'colours') =>
    ask(`${server.base}/ValueSet/${id}`, {
      method: 'PUT',
      body: {
        ...{ resourceType: 'ValueSet', id, url, version, status: 'active' },
        compose: { include: [{ system: 'http://example.org/colours', concept: [{ code }] }] },
      },
    });
  const expand = async (canonical: string) => {
    const answer = await ask(
      `${server.base}/ValueSet/$expand?url=${encodeURIComponent(canonical)}`,
    );
    return answer.status === 200
      ? (answer.json.expansion.contains as { code: string }[]).map(({ code }) => code)
      : answer.status;
  };

  it('finds what was not there before once it is stored, and what it has become', async () => {
    const before = await expand(url);
    await put('red', '1');
    const stored = await expand(url);
    await put('blue', '2');
    const changed = await expand(url);
    await ask(`${server.base}/ValueSet/colours`, { method: 'DELETE' });
    const removed = await expand(url);

    expect(before).to.be.within(400, 499);
    expect(stored).to.deep.equal(['red']);
    expect(changed).to.deep.equal(['blue']);
    expect(removed).to.be.within(400, 499);
  });

  it('finds the version that is named, and the newest when none is', async () => {
    await put('old', '1', 'first');
    await put('new', '2', 'second');

    expect(await expand(url)).to.deep.equal(['new']);
    expect(await expand(`${url}|1`)).to.deep.equal(['old']);
  });

  /** As a system of a hospital would, or with no hospital an administrator. */
  const store = async (resource: { resourceType: string; id: string }, custodian?: string) => {
    const { resourceType, id } = resource;
    const permit = custodian === undefined ? unrestricted : { ...unrestricted, custodian };
    const body = documentOf({ ...resource });
    const path = `${resourceType}/${id}`;
    const request = { method: 'PUT', path, query: [], headers: {}, body } as const;
    await server.context.dispatch({ ...request, base: server.base }, permit);
  };
  const codeSystem = (id: string, of: string, code: string) => ({
    ...{ resourceType: 'CodeSystem', id, url: of, status: 'active', content: 'complete' },
    concept: [{ code, display: code }],
  });
  const knows = async (system: string, code: string): Promise<boolean> => {
    const query = new URLSearchParams({ system, code }).toString();
    return (await ask(`${server.base}/CodeSystem/$lookup?${query}`)).status === 200;
  };

  it('leaves what HL7 defines as it is, whoever stores something of the same url', async () => {
    const genders = 'http://hl7.org/fhir/ValueSet/administrative-gender';
    const system = 'http://hl7.org/fhir/administrative-gender';
    await store({
      ...{ resourceType: 'ValueSet', id: 'shadow', url: genders, status: 'active' },
      ...{ compose: { include: [{ system: 'http://x', concept: [{ code: 'shadow' }] }] } },
    });
    await store(codeSystem('shadow', system, 'shadow'));

    expect(await expand(genders)).to.deep.equal(['male', 'female', 'other', 'unknown']);
    expect(await knows(system, 'female')).to.equal(true);
    expect(await knows(system, 'shadow')).to.equal(false);
  });

  it('takes the codes of a system HL7 only names from an administrator, from no hospital', async () => {
    const snomed = 'http://snomed.info/sct';
    await store(codeSystem('sct', snomed, '1'), 'Organization/a');
    const byHospital = await knows(snomed, '1');
    await store(codeSystem('sct-all', snomed, '2'));

    expect(byHospital).to.equal(false);
    expect(await knows(snomed, '2')).to.equal(true);
    expect(await knows(snomed, '1')).to.equal(false);
  });

  it('takes of others first what no hospital keeps', async () => {
    const own = 'http://example.org/ours';
    await store(codeSystem('network', own, 'n'));
    await store(codeSystem('hospital', own, 'h'), 'Organization/a');

    expect(await knows(own, 'n')).to.equal(true);
    expect(await knows(own, 'h')).to.equal(false);
  });

  it("does not take another version of HL7's own for the one that is named", async () => {
    const own = 'http://terminology.hl7.org/ValueSet/v3-NullFlavor';

    expect(await expand(`${own}|1.0.0`)).to.equal(404);
    expect(await expand(own)).to.include('ASKU');
    // R4 itself names it so.
    expect(await expand(`${own}|4.0.1`)).to.include('ASKU');
  });
});
