// Welcome: the page a start prints: where things are, and, in a demonstration, who can sign in.

import { ownApps, pathOf } from './access/own-apps.ts';
import type { SignIn } from './administration/demonstration.ts';
import type { Config } from './platform/config.ts';

export const welcome = (
  { publicUrl, dataDir, mongo }: Config,
  signIns: readonly SignIn[],
): string => {
  const fhir = `${publicUrl}/fhir`;
  const addresses = [
    ...ownApps.map((app) => [app.name.replace('Meridian ', ''), `${publicUrl}${pathOf(app)}`]),
    ['FHIR R4', fhir],
    ['Capabilities', `${fhir}/metadata`],
    ['SMART', `${fhir}/.well-known/smart-configuration`],
    ['Account', `${publicUrl}/oauth/account`],
    ['Health', `${publicUrl}/healthz  ${publicUrl}/readyz`],
    ['Metrics', `${publicUrl}/metrics`],
    ['Data', mongo === undefined ? dataDir : 'MongoDB'],
  ];
  const parts = [
    'Meridian is ready.',
    table(addresses),
    ...(signIns.length > 0 ? [demonstration(signIns, publicUrl)] : []),
  ];
  return `\n${parts.join('\n\n')}\n\n`;
};

const demonstration = (signIns: readonly SignIn[], publicUrl: string): string =>
  [
    `Demonstration: everybody signs in with the password  ${signIns[0]!.password}`,
    ...[...new Set(signIns.map(({ app }) => app))].flatMap((app) => [
      app
        ? `${app.name}, ${publicUrl}${pathOf(app)}`
        : `The account pages, ${publicUrl}/oauth/account`,
      table(
        signIns.filter((each) => each.app === app).map(({ username, about }) => [username, about]),
      ),
    ]),
    'A token for a script (README, "The first five minutes"):',
    '  npm run -s token -- --scope "user/*.rs" --user Practitioner/dr-deshpande',
  ].join('\n');

const table = (rows: readonly (readonly string[])[]): string =>
  rows.map(([name = '', text = '']) => `  ${name.padEnd(14)}${text}`).join('\n');
