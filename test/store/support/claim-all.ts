// A process that claims, takes and creates against others: says what it won, one line each.

import { openMongo } from '#src/store/mongo/open.ts';
import { follows, put, token, tokenIs } from '#test/contract/support/build.ts';

const [url = '', name = '', rounds = ''] = process.argv.slice(2);
const store = await openMongo({ url, searchSeconds: 20, fingerprint: 'test' });
// Both begin when the other is there too.
await store.records.put('ready', name, { name });
while ((await store.records.find('ready', {})).length < 2)
  await new Promise((resolve) => setTimeout(resolve, 10));

/** They meet in the middle, so that each is first half of the time. */
const order = Array.from({ length: Number(rounds) }, (_, round) => round);
if (name === 'two') order.reverse();

const won = (what: string): boolean => process.stdout.write(`${what}\n`);

for (const round of order) {
  const id = String(round);
  const code = `race-${id}`;
  const created = put(`Patient/${name}-${id}`, [token('Patient.identifier', code)]);
  const none = { op: 'none' as const, plan: tokenIs('Patient.identifier', code) };
  const conditional = { ...created, expect: [follows(created.version), none] };
  await Promise.all([
    store.records.add('claim', id, { by: name }).then((is) => is && won(`claim ${id}`)),
    store.records.take('code', id).then((code) => code !== undefined && won(`code ${id}`)),
    store.records
      .replace('job', id, { state: 'run', by: name }, { state: 'new' })
      .then((is) => is && won(`job ${id}`)),
    store.resources.commit([conditional]).then(
      () => won(`create ${id}`),
      () => undefined,
    ),
    store.resources.commit([put(`Observation/${name}-${id}`)]),
  ]);
}
await store.close();
