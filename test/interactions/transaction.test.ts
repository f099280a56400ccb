// Transaction: all or nothing, in whatever order, with everything that refers to something resolved.
// https://hl7.org/fhir/R4/http.html#transaction

import { expect } from 'chai';
import { ask, type Answer } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

const urn = (place: number) =>
  `urn:uuid:00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;
const system = 'http://example.org/mrn';

const patient = (value?: string, more: object = {}) => ({
  resourceType: 'Patient',
  ...(value === undefined ? {} : { identifier: [{ system, value }] }),
  ...more,
});
const observation = (subject: string, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  subject: { reference: subject },
  ...more,
});
const post = (resource: { resourceType: string }, more: object = {}, request: object = {}) => ({
  ...more,
  resource,
  request: { method: 'POST', url: resource.resourceType, ...request },
});
const put = (url: string, resource: object, request: object = {}) => ({
  resource,
  request: { method: 'PUT', url, ...request },
});
const on = (method: string, url: string, more: object = {}) => ({
  request: { method, url, ...more },
});

describe('interactions/transaction', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());

  const send = (entry: readonly object[], headers = {}): Promise<Answer> =>
    ask(server.base, {
      method: 'POST',
      body: { resourceType: 'Bundle', type: 'transaction', entry },
      headers,
    });
  const get = (path: string) => ask(`${server.base}/${path}`);
  const create = async (resource: { resourceType: string }): Promise<string> => {
    const { json } = await ask(`${server.base}/${resource.resourceType}`, {
      method: 'POST',
      body: resource,
    });
    return String(json.id);
  };
  const count = async (query: string): Promise<number> =>
    Number((await get(`${query}${query.includes('?') ? '&' : '?'}_summary=count`)).json.total);
  const statuses = ({ json, text }: Answer): readonly string[] => {
    if (json?.type !== 'transaction-response') throw new Error(text);
    return (json.entry ?? []).map(
      (entry: { response: { status: string } }) => entry.response.status,
    );
  };
  const locations = ({ json }: Answer): readonly string[] =>
    json.entry.map((entry: { response: { location?: string } }) =>
      (entry.response.location ?? '').replace(/\/_history.*/, ''),
    );
  /** Total of everything: nothing may be left of a transaction that failed. */
  const everything = () =>
    count('_history?_count=0').then(async () =>
      Number((await get('_history?_count=0')).json.total),
    );

  describe('answers', () => {
    it('each entry in its place, with status, location, etag and time', async () => {
      const id = await create(patient());
      const { json } = await send([
        on('GET', 'Patient?identifier=nobody'),
        put(`Patient/${id}`, patient('p', { id })),
        post(patient()),
        on('DELETE', 'Patient/not-there'),
      ]);

      expect(
        json.entry.map((entry: { response: object }) => Object.keys(entry.response)),
      ).to.deep.equal([
        ['status'],
        ['status', 'location', 'etag', 'lastModified'],
        ['status', 'location', 'etag', 'lastModified'],
        ['status'],
      ]);
      expect(statuses({ json } as Answer)).to.deep.equal([
        '200 OK',
        '200 OK',
        '201 Created',
        '204 No Content',
      ]);
      expect(json.entry[1].response).to.include({
        location: `Patient/${id}/_history/2`,
        etag: 'W/"2"',
      });
    });

    it('with the resources when they are preferred', async () => {
      const { json } = await send([post(patient('shown'))], { prefer: 'return=representation' });

      expect(json.entry[0].resource).to.deep.include({ identifier: [{ system, value: 'shown' }] });
      expect(json.entry[0].fullUrl).to.equal(`${server.base}/Patient/${json.entry[0].resource.id}`);
    });

    it('with outcomes when they are preferred', async () => {
      const { json } = await send([post(patient())], { prefer: 'return=OperationOutcome' });

      expect(json.entry[0].response.outcome.resourceType).to.equal('OperationOutcome');
      expect(json.entry[0]).not.to.have.property('resource');
    });

    it('an empty transaction with an empty answer', async () => {
      expect(statuses(await send([]))).to.deep.equal([]);
    });
  });

  describe('refers', () => {
    it('to entries before and after, in circles and to itself', async () => {
      const answer = await send([
        post(observation(urn(1), { hasMember: [{ reference: urn(2) }] }), { fullUrl: urn(0) }),
        post(patient(), { fullUrl: urn(1) }),
        post(observation(urn(1), { hasMember: [{ reference: urn(0) }, { reference: urn(2) }] }), {
          fullUrl: urn(2),
        }),
      ]);
      const [first = '', subject, second = ''] = locations(answer);
      const stored = await Promise.all([get(first), get(second)]);

      expect(stored.map(({ json }) => json.subject.reference)).to.deep.equal([subject, subject]);
      expect(stored[0].json.hasMember).to.deep.equal([{ reference: second }]);
      expect(stored[1].json.hasMember).to.deep.equal([{ reference: first }, { reference: second }]);
      expect(await count(`Observation?subject=${subject}`)).to.equal(2);
    });

    it('to versions by the version the transaction makes', async () => {
      const id = await create(patient());
      const answer = await send([
        post({
          resourceType: 'Provenance',
          target: [{ reference: `Patient/${id}/_history/1` }],
          recorded: '2024-01-01T00:00:00Z',
          agent: [{ who: { display: 'x' } }],
        } as { resourceType: string }),
        put(`Patient/${id}`, patient('v', { id })),
      ]);

      expect((await get(locations(answer)[0]!)).json.target).to.deep.equal([
        { reference: `Patient/${id}/_history/2` },
      ]);
    });

    it('to what a conditional create found', async () => {
      const id = await create(patient('found'));
      const answer = await send([
        post(patient('found'), { fullUrl: urn(0) }, { ifNoneExist: `identifier=${system}|found` }),
        post(observation(urn(0))),
      ]);

      expect(statuses(answer)).to.deep.equal(['200 OK', '201 Created']);
      expect((await get(locations(answer)[1]!)).json.subject.reference).to.equal(`Patient/${id}`);
    });

    it('to what a conditional update creates or finds', async () => {
      const entries = [
        { fullUrl: urn(0), ...put(`Patient?identifier=${system}|upsert`, patient('upsert')) },
        post(observation(urn(0))),
      ];
      const first = await send(entries);
      const second = await send(entries);

      expect([...statuses(first), ...statuses(second)]).to.deep.equal([
        '201 Created',
        '201 Created',
        '200 OK',
        '201 Created',
      ]);
      expect(locations(first)[0]).to.equal(locations(second)[0]);
      expect(await count(`Observation?subject=${locations(first)[0]!}`)).to.equal(2);
    });

    it('and keeps the digits of decimals on the way', async () => {
      const text = JSON.stringify({
        ...{ resourceType: 'Bundle', type: 'transaction' },
        entry: [
          post(observation(urn(1), { valueQuantity: { value: 'DECIMAL' } })),
          post(patient(), { fullUrl: urn(1) }),
        ],
      }).replace('"DECIMAL"', '1.10');
      const answer = await ask(server.base, {
        method: 'POST',
        body: text,
        headers: { 'content-type': 'application/fhir+json' },
      });

      expect((await get(locations(answer)[0]!)).text).to.include('"value":1.10}');
    });
  });

  describe('resolves conditional references', () => {
    it('to the one resource that is stored', async () => {
      const id = await create(patient('stored'));
      const answer = await send([post(observation(`Patient?identifier=${system}|stored`))]);

      expect((await get(locations(answer)[0]!)).json.subject.reference).to.equal(`Patient/${id}`);
    });

    it('to the one the transaction creates, because they are resolved last', async () => {
      const answer = await send([
        post(observation(`Patient?identifier=${system}|made-here`)),
        post(patient('made-here')),
      ]);

      expect((await get(locations(answer)[0]!)).json.subject.reference).to.equal(
        locations(answer)[1],
      );
    });

    it('to a resource as the transaction leaves it, not as it was', async () => {
      const [old, other] = [await create(patient('handed-over')), await create(patient('to-get'))];
      const answer = await send([
        post(observation(`Patient?identifier=${system}|handed-over`)),
        put(`Patient/${old}`, patient('without', { id: old })),
        put(`Patient/${other}`, patient('handed-over', { id: other })),
      ]);

      expect((await get(locations(answer)[0]!)).json.subject.reference).to.equal(
        `Patient/${other}`,
      );
    });

    const failing: readonly (readonly [string, () => Promise<readonly object[]>])[] = [
      [
        'nothing matches',
        () =>
          Promise.resolve([
            post(patient()),
            post(observation(`Patient?identifier=${system}|nobody`)),
          ]),
      ],
      [
        'two match',
        async () => {
          await Promise.all([create(patient('twin')), create(patient('twin'))]);
          return [post(patient()), post(observation(`Patient?identifier=${system}|twin`))];
        },
      ],
      [
        'one is stored and one is made here',
        async () => {
          await create(patient('half'));
          return [post(patient('half')), post(observation(`Patient?identifier=${system}|half`))];
        },
      ],
      [
        'the only match is deleted here',
        async () => {
          const id = await create(patient('leaving'));
          return [
            on('DELETE', `Patient/${id}`),
            post(observation(`Patient?identifier=${system}|leaving`)),
          ];
        },
      ],
    ];
    for (const [title, entries] of failing)
      it(`and answers 412 naming entry and element when ${title}`, async () => {
        const sent = await entries();
        const before = await everything();
        const { status, json } = await send(sent);

        expect(status).to.equal(412);
        expect(json.issue[0].expression).to.deep.equal([
          'Bundle.entry[1].resource.subject.reference',
        ]);
        expect(await everything()).to.equal(before);
      });
  });

  describe('does its work in the order of the specification', () => {
    it('deletes before it creates', async () => {
      const id = await create(patient('again'));
      const answer = await send([
        post(patient('again'), {}, { ifNoneExist: `identifier=${system}|again` }),
        on('DELETE', `Patient/${id}`),
      ]);

      expect(statuses(answer)).to.deep.equal(['201 Created', '204 No Content']);
      expect(await count(`Patient?identifier=${system}|again`)).to.equal(1);
    });

    it('reads what it left', async () => {
      const id = await create(patient('old-name'));
      const { json } = await send([
        on('GET', `Patient/${id}`),
        on('GET', `Patient?identifier=${system}|new-name`),
        on('GET', `Patient/${id}/_history/2`),
        on('GET', `Patient/${id}/_history`),
        on('GET', `Observation?subject=${urn(5)}`),
        put(`Patient/${id}`, patient('new-name', { id })),
        post(patient(), { fullUrl: urn(5) }),
        post(observation(urn(5))),
      ]);

      expect(json.entry[0].resource.identifier[0].value).to.equal('new-name');
      expect(json.entry[1].resource.entry).to.have.length(1);
      expect(json.entry[2].resource.meta.versionId).to.equal('2');
      expect(json.entry[3].resource.total).to.equal(2);
      expect(json.entry[4].resource.entry).to.have.length(1);
    });

    it('patches by FHIRPath Patch and by JSON Patch', async () => {
      const ids = [await create(patient('a')), await create(patient('b'))];
      const parameters = {
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'operation',
            part: [
              { name: 'type', valueCode: 'add' },
              { name: 'path', valueString: 'Patient' },
              { name: 'name', valueString: 'managingOrganization' },
              { name: 'value', valueReference: { reference: urn(7) } },
            ],
          },
        ],
      };
      const json = [{ op: 'add', path: '/managingOrganization', value: { reference: urn(7) } }];
      const binary = {
        resourceType: 'Binary',
        contentType: 'application/json-patch+json',
        data: Buffer.from(JSON.stringify(json)).toString('base64'),
      };
      const answer = await send([
        { resource: parameters, request: { method: 'PATCH', url: `Patient/${ids[0]!}` } },
        { resource: binary, request: { method: 'PATCH', url: `Patient?identifier=${system}|b` } },
        post({ resourceType: 'Organization', name: 'x' } as { resourceType: string }, {
          fullUrl: urn(7),
        }),
      ]);
      const stored = await Promise.all(ids.map((id) => get(`Patient/${id}`)));

      expect(statuses(answer)).to.deep.equal(['200 OK', '200 OK', '201 Created']);
      expect(
        stored.map(({ json: { managingOrganization } }) => managingOrganization.reference),
      ).to.deep.equal([locations(answer)[2], locations(answer)[2]]);
    });
  });

  describe('refuses the same resource twice', () => {
    const twice: readonly (readonly [string, (id: string) => readonly object[]])[] = [
      [
        'two updates',
        (id) => [
          put(`Patient/${id}`, patient('one', { id })),
          put(`Patient/${id}`, patient('two', { id })),
        ],
      ],
      [
        'an update and a deletion',
        (id) => [put(`Patient/${id}`, patient('one', { id })), on('DELETE', `Patient/${id}`)],
      ],
      [
        'an update and a conditional update',
        (id) => [
          put(`Patient/${id}`, patient(id, { id })),
          put(`Patient?identifier=${system}|${id}`, patient(id)),
        ],
      ],
      [
        'a conditional create and an update',
        (id) => [
          post(patient(id), {}, { ifNoneExist: `identifier=${system}|${id}` }),
          put(`Patient/${id}`, patient(id, { id })),
        ],
      ],
      [
        'a deletion and a conditional deletion',
        (id) => [on('DELETE', `Patient/${id}`), on('DELETE', `Patient?identifier=${system}|${id}`)],
      ],
      [
        'two conditional creates of the same',
        () =>
          [1, 2].map(() =>
            post(patient('new-twice'), {}, { ifNoneExist: `identifier=${system}|new-twice` }),
          ),
      ],
      [
        'a create and a conditional update of the same',
        () => [
          post(patient('made-and-found')),
          put(`Patient?identifier=${system}|made-and-found`, patient('made-and-found')),
        ],
      ],
      [
        'a create and a conditional create of the same',
        () => [
          post(patient('made-twice'), {}, { ifNoneExist: `identifier=${system}|made-twice` }),
          post(patient('made-twice')),
        ],
      ],
      [
        'one fullUrl',
        () => [post(patient(), { fullUrl: urn(1) }), post(patient(), { fullUrl: urn(1) })],
      ],
    ];
    for (const [title, entries] of twice)
      it(`as ${title}, in either order`, async () => {
        const id = `twice-${title.replaceAll(/\W+/g, '-')}`;
        await ask(`${server.base}/Patient/${id}`, { method: 'PUT', body: patient(id, { id }) });
        const before = await everything();
        const answers = [await send(entries(id)), await send(entries(id).toReversed())];

        expect(answers.map(({ status }) => status)).to.satisfy((all: number[]) =>
          all.every((status) => status === 400 || status === 412),
        );
        expect(answers[0]!.json.issue[0].expression[0]).to.match(/^Bundle\.entry\[\d\]/);
        expect(await everything()).to.equal(before);
      });
  });

  describe('writes nothing when one entry fails', () => {
    const faults: readonly (readonly [string, number, object, RegExp?])[] = [
      [
        'an invalid resource',
        422,
        post({ ...patient(), gender: 'x' } as { resourceType: string }),
        /^Bundle\.entry\[1\]\.resource\.gender/,
      ],
      [
        'an unknown element',
        422,
        post({ ...patient(), colour: 'x' } as { resourceType: string }),
        /^Bundle\.entry\[1\]/,
      ],
      ['another type than its address', 400, put('Patient/x', { resourceType: 'Group', id: 'x' })],
      [
        'another id than its address',
        400,
        put('Patient/x', patient('x', { id: 'y' })),
        /^Bundle\.entry\[1\]\.resource\.id/,
      ],
      ['no id for an update', 400, put('Patient/x', patient('x'))],
      ['an id that is none', 400, put('Patient/x_y', patient('x', { id: 'x_y' }))],
      ['an unknown type', 400, post({ resourceType: 'Patiant' })],
      ['no request', 400, { resource: patient() }, /^Bundle\.entry\[1\]\.request/],
      ['no method', 400, { resource: patient(), request: { url: 'Patient' } }],
      [
        'an unknown method',
        400,
        { resource: patient(), request: { method: 'MERGE', url: 'Patient' } },
      ],
      [
        'an unknown element of the entry',
        400,
        { ...post(patient()), requests: {} },
        /^Bundle\.entry\[1\]\.requests$/,
      ],
      ['no resource', 400, on('POST', 'Patient')],
      ['no url', 400, { resource: patient(), request: { method: 'POST' } }],
      [
        'an address on another server',
        400,
        { resource: patient(), request: { method: 'POST', url: 'http://other.example/Patient' } },
      ],
      ['an address with NUL', 400, on('GET', 'Patient/%00')],
      [
        'a wrong version',
        412,
        put('Patient/there', patient('x', { id: 'there' }), { ifMatch: 'W/"7"' }),
      ],
      [
        'an existing resource where none may be',
        412,
        put('Patient/there', patient('x', { id: 'there' }), { ifNoneMatch: '*' }),
      ],
      [
        'a patch of nothing',
        404,
        {
          resource: { resourceType: 'Parameters' },
          request: { method: 'PATCH', url: 'Patient/not-there' },
        },
      ],
      [
        'a patch that does not fit',
        422,
        {
          resource: {
            resourceType: 'Binary',
            contentType: 'application/json-patch+json',
            data: 'W3sib3AiOiJyZW1vdmUiLCJwYXRoIjoiL3gifV0=',
          },
          request: { method: 'PATCH', url: 'Patient/there' },
        },
      ],
      ['an unknown criterion', 400, post(patient(), {}, { ifNoneExist: 'colour=blue' })],
      ['empty criteria', 400, put('Patient?', patient())],
      ['a search that cannot be', 400, on('GET', 'Patient?colour=blue')],
      ['a read of what is not there', 404, on('GET', 'Patient/not-there')],
      [
        'an operation that writes',
        400,
        {
          resource: { resourceType: 'Parameters' },
          request: { method: 'POST', url: 'Patient/there/$meta-add' },
        },
      ],
      [
        'a Bundle to the base',
        400,
        {
          resource: { resourceType: 'Bundle', type: 'batch' },
          request: { method: 'POST', url: '' },
        },
      ],
      ['an entry that is no object', 400, 7 as unknown as object],
    ];
    for (const [title, expected, fault, expression] of faults)
      it(`because of ${title}`, async () => {
        await ask(`${server.base}/Patient/there`, {
          method: 'PUT',
          body: patient('there', { id: 'there' }),
        });
        const before = await everything();
        const { status, json, text } = await send([
          post(patient('never')),
          fault,
          post(patient('never')),
        ]);

        expect(status, text).to.equal(expected);
        expect(json.issue[0].diagnostics).to.match(/Bundle\.entry\[1\]/);
        if (expression) expect(json.issue[0].expression[0]).to.match(expression);
        expect(await everything()).to.equal(before);
      });

    it('at a random place of a random transaction', async () => {
      for (let round = 0; round < 20; round += 1) {
        const size = 1 + Math.floor(Math.random() * 40);
        const fault = faults[Math.floor(Math.random() * faults.length)]!;
        const entries: object[] = Array.from({ length: size }, (_, place) =>
          place % 3 === 0
            ? put(
                `Patient/random-${String(place)}`,
                patient('never', { id: `random-${String(place)}` }),
              )
            : post(patient('never')),
        );
        entries.splice(Math.floor(Math.random() * (size + 1)), 0, fault[2]);
        const before = await everything();
        const { status } = await send(entries);

        expect(status, fault[0]).to.be.within(400, 499);
        expect(await everything()).to.equal(before);
      }
      expect(await count(`Patient?identifier=${system}|never`)).to.equal(0);
    });

    it('when it has more entries than LIMIT_ENTRIES', async () => {
      const small = await startServer({ limits: { entries: 2 } });
      const entry = [1, 2, 3].map(() => post(patient()));
      const { status, json } = await ask(small.base, {
        method: 'POST',
        body: { resourceType: 'Bundle', type: 'transaction', entry },
      });
      await small.close();

      expect(status).to.equal(400);
      expect(json.issue[0]).to.include({ code: 'too-costly' });
      expect(json.issue[0].diagnostics).to.include('LIMIT_ENTRIES');
    });
  });

  describe('meets others', () => {
    it('so that sixteen that conditionally create one patient make one', async () => {
      const entries = [
        post(patient('raced'), { fullUrl: urn(0) }, { ifNoneExist: `identifier=${system}|raced` }),
        post(observation(urn(0), { identifier: [{ system, value: 'of-raced' }] })),
      ];
      const answers = await Promise.all(Array.from({ length: 16 }, () => send(entries)));
      const subjects = new Set(answers.map((answer) => locations(answer)[0]));

      expect(answers.flatMap(statuses).filter((status) => status === '201 Created')).to.have.length(
        17,
      );
      expect(subjects.size).to.equal(1);
      expect(await count(`Patient?identifier=${system}|raced`)).to.equal(1);
      expect(
        await count(`Observation?identifier=${system}|of-raced&subject=${[...subjects][0]!}`),
      ).to.equal(16);
    });

    it('so that sixteen with the same If-Match have one winner', async () => {
      const id = await create(patient('won'));
      const answers = await Promise.all(
        Array.from({ length: 16 }, () =>
          send([
            put(`Patient/${id}`, patient('won', { id }), { ifMatch: 'W/"1"' }),
            post(patient('of-winner')),
          ]),
        ),
      );

      expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
      expect(answers.filter(({ status }) => status === 412)).to.have.length(15);
      expect(await count(`Patient?identifier=${system}|of-winner`)).to.equal(1);
    });
  });

  it('takes two thousand entries, and others are served meanwhile', async () => {
    const entries = Array.from({ length: 1999 }, (_, place) =>
      post(observation(urn(9999), { note: [{ text: String(place) }] })),
    );
    let reads = 0;
    const sending = send([...entries, post(patient('of-2000'), { fullUrl: urn(9999) })]).finally(
      () => (reads = -reads),
    );
    while (reads >= 0 && (await get('metadata')).status === 200) reads += 1;
    const answer = await sending;

    expect(statuses(answer)).to.have.length(2000);
    expect(await count(`Observation?subject=${locations(answer)[1999]!}`)).to.equal(1999);
    expect(-reads).to.be.greaterThan(2);
  });

  it('makes no regular expression of a resource type that is none', async () => {
    const entry = [{ resource: { resourceType: '(' }, request: { method: 'POST', url: 'Foo' } }];
    const body = { resourceType: 'Bundle', type: 'transaction', entry };
    const { status, json } = await ask(server.base, { method: 'POST', body });

    expect(status).to.equal(400);
    expect(json.issue[0].expression).to.deep.equal(['Bundle.entry[0].request.url']);
  });
});
