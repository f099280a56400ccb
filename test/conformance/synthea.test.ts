// Synthea's patients load by transaction, and every expected answer holds: counts, sort, include, chain, $everything.
// https://hl7.org/fhir/R4/http.html#transaction

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Bundle, Encounter, Observation, Quantity } from 'fhir/r4.js';
import { bundleOf, entriesOf, idsOf, linkOf, pagesOf } from '../support/client.ts';
import { liveServer } from '../support/live.ts';
import { kindOfMongo } from '../support/mongo.ts';
import { describeShared, hasShared, readShared } from '../support/shared.ts';

interface Expected {
  readonly file: string;
  readonly bytes: number;
  readonly entries: number;
  readonly compartmentMinimum: number;
  readonly counts: readonly Counted[];
  readonly sort: { readonly request: string; readonly expectPeriodStartDesc: readonly string[] };
  readonly include: {
    readonly request: string;
    readonly expectMatch: number;
    readonly expectInclude: number;
  };
  readonly chained: Counted;
  readonly identifier: Counted;
}
interface Counted {
  readonly request: string;
  readonly expectTotal: number;
}

interface Ucum {
  convertUnitTo(from: string, value: number, to: string): { status: string; toVal: number | null };
}
const { UcumLhcUtils } = createRequire(import.meta.url)('@lhncbc/ucum-lhc') as {
  readonly UcumLhcUtils: { getInstance(): Ucum };
};
const ucum = UcumLhcUtils.getInstance();

const all = (hasShared ? (JSON.parse(readShared('synthea', 'expected.json.gz')) as Expected[]) : [])
  .sort((a, b) => a.bytes - b.bytes)
  // All of them take a stand-in for MongoDB too long.
  .slice(0, process.env['STORE'] === 'mongo' && kindOfMongo === 'stand-in' ? 10 : undefined);

/** All Observation.valueQuantity of a bundle. */
const quantitiesOf = (file: string): readonly Quantity[] =>
  ((JSON.parse(readShared('synthea', file)) as Bundle).entry ?? []).flatMap(
    ({ resource }) => (resource as Observation).valueQuantity ?? [],
  );

/**
 * The vectors count quantities in the very unit asked, the server in any that converts to it, as R4 allows: the answers that
 * differ by that, each by bundle and value (conformance/exceptions.md).
 */
const exceptional: ReadonlyMap<string, number> = new Map(
  readFileSync(join(import.meta.dirname, '../../conformance/synthea-quantities.tsv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([bundle, value, , byUcum]) => [`${bundle!} ${value!}`, Number(byUcum)]),
);

const exceptionOf = (file: string, request: string): number | undefined => {
  const [, value, unit] = /value-quantity=([^|]+)\|[^|]*\|(.+)$/.exec(request) ?? [];
  return exceptional.get(`${file.slice(8, 16)} ${value!}|${unit!}`);
};

/** What an exception must be, computed from the bundle alone. */
const countConverted = (request: string, quantities: readonly Quantity[]): number => {
  const [, prefix, number, unit] = /value-quantity=(gt|lt)([\d.]+)\|[^|]*\|(.+)$/.exec(request)!;
  const limit = Number(number);
  return quantities
    .map(({ value = NaN, code = '' }) => (code === unit ? value : converted(value, code, unit!)))
    .filter((value) => (prefix === 'gt' ? value > limit : value < limit)).length;
};

const converted = (value: number, from: string, to: string): number => {
  const { status, toVal } = ucum.convertUnitTo(from, value, to);
  return status === 'succeeded' ? toVal! : NaN;
};

describeShared(`Synthea, all ${String(all.length)} bundles`, function () {
  this.timeout(600_000);
  const server = liveServer();
  const patients = new Map<string, string>();
  let resources = 0;
  let seconds = 0;
  let answers = 0;

  after(() => {
    console.log(
      `      ${String(resources)} resources in ${seconds.toFixed(1)} s (${(resources / seconds).toFixed(0)}/s), ${String(answers)} expected answers`,
    );
  });

  const load = async (expected: Expected): Promise<void> => {
    const text = readShared('synthea', expected.file);
    const began = performance.now();
    const response = bundleOf(await server.post('', text));
    seconds += (performance.now() - began) / 1000;
    expect(response.type).to.equal('transaction-response');
    const entries = response.entry ?? [];
    expect(entries.length).to.equal(expected.entries);
    expect([...new Set(entries.map((entry) => entry.response?.status.slice(0, 3)))]).to.deep.equal([
      '201',
    ]);
    resources += entries.length;
    const id = /Patient\/([^/]+)\/_history/.exec(entries[0]?.response?.location ?? '')?.[1];
    expect(id, 'the location of entry 0').to.be.a('string');
    patients.set(expected.file, id!);
  };

  const totalOf = async (request: string): Promise<number | undefined> =>
    bundleOf(await server.get(encode(`${request}&_summary=count`))).total;

  /** The vectors write system|code as people do. */
  const encode = (request: string): string => request.replaceAll('%', '%25').replaceAll('|', '%7C');

  for (const expected of all)
    describe(`${expected.file.slice(8, 16)} (${String(expected.entries)} entries)`, () => {
      const filled = (request: string): string => {
        answers += 1;
        return request.replaceAll('{{PATIENT}}', patients.get(expected.file) ?? 'not-loaded');
      };

      it('loads by transaction', () => load(expected));

      it(`counts right ${String(expected.counts.length)} times`, async () => {
        const wrong: string[] = [];
        for (const { request, expectTotal: counted } of expected.counts) {
          const expectTotal = exceptionOf(expected.file, request) ?? counted;
          const total = await totalOf(filled(request));
          if (total !== expectTotal)
            wrong.push(`${request}: ${String(total)}, not ${String(expectTotal)}`);
        }
        expect(wrong).to.deep.equal([]);
      });

      it('differs from the expected counts only by what converts', () => {
        const quantities = quantitiesOf(expected.file);
        for (const { request, expectTotal } of expected.counts) {
          const listed = exceptionOf(expected.file, request);
          if (listed === undefined) continue;
          expect(listed).not.to.equal(expectTotal);
          expect(listed).to.equal(countConverted(request, quantities));
        }
      });

      it('gives as many over all pages as it counts', async () => {
        const { request, expectTotal } = expected.counts.find((one) =>
          one.request.startsWith('Observation?'),
        )!;
        const pages = await pagesOf(server, encode(`${filled(request)}&_count=7`));
        const ids = pages.flatMap(idsOf);
        expect(ids.length).to.equal(expectTotal);
        expect(new Set(ids).size).to.equal(expectTotal);
      });

      it('sorts encounters newest first', async () => {
        const bundle = bundleOf(await server.get(filled(expected.sort.request)));
        const starts = entriesOf(bundle, 'match').map(({ resource }) =>
          Date.parse((resource as Encounter).period?.start ?? ''),
        );
        expect(starts).to.deep.equal(
          expected.sort.expectPeriodStartDesc.map((text) => Date.parse(text)),
        );
      });

      it('includes the results of reports', async () => {
        const bundle = bundleOf(await server.get(filled(expected.include.request)));
        expect(entriesOf(bundle, 'match').length).to.equal(expected.include.expectMatch);
        expect(entriesOf(bundle, 'include').length).to.equal(expected.include.expectInclude);
      });

      it('follows a chain and finds an identifier', async () => {
        expect(await totalOf(filled(expected.chained.request))).to.equal(
          expected.chained.expectTotal,
        );
        expect(await totalOf(filled(expected.identifier.request))).to.equal(
          expected.identifier.expectTotal,
        );
      });

      it('gives $everything of the patient', async () => {
        const seen = new Set<string>();
        let next: string | undefined = filled('Patient/{{PATIENT}}/$everything');
        while (next !== undefined) {
          const page: Bundle = bundleOf(await server.get(next));
          for (const { resource } of page.entry ?? [])
            seen.add(`${resource!.resourceType}/${resource!.id!}`);
          next = linkOf(page, 'next');
        }
        expect(seen.size).to.be.at.least(expected.compartmentMinimum);
        expect([...seen].filter((one) => one.startsWith('Patient/'))).to.deep.equal([
          `Patient/${patients.get(expected.file)!}`,
        ]);
      });
    });
});
