// Who may import whom: the table of the architecture, checked by dependency-cruiser; run by `npm run check:layers`.
// It fails when it cruised no module, because a checker that reads nothing agrees with everything.

import { join } from 'node:path';
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';

/** A layer is a folder under src, or a file of it; the most specific one a module lies in is its layer. */
const layers: Readonly<Record<string, string>> = {
  main: '(main|start|admin|welcome)\\.ts$',
  commands: '(reindex|migrate|reseal|audit-verify|registry)\\.ts$',
  compose: 'compose\\.ts$',
  cli: 'cli/',
  http: 'http/',
  administration: 'administration/',
  oauth: 'oauth/',
  operations: 'operations/',
  'health-id': 'health-id/',
  sharing: 'sharing/',
  scheduling: 'scheduling/',
  consults: 'consults/',
  notifications: 'notifications/',
  jobs: 'jobs/',
  interactions: 'interactions/',
  audit: 'audit/',
  access: 'access/',
  validation: 'validation/',
  search: 'search/',
  // The plan language: what a store must understand of search.
  'search/plan': 'search/(plan|entry|window)\\.ts$',
  terminology: 'terminology/',
  'terminology/types': 'terminology/types\\.ts$',
  'store/open': 'store/(open|own-key|key-seal|seal-keys|reseal-keys)\\.ts$',
  'store/sqlite': 'store/sqlite/',
  'store/mongo': 'store/mongo/',
  'store/port': 'store/(port|parts-of)\\.ts$',
  fhir: 'fhir/',
  platform: 'platform/',
};

const everywhere = Object.keys(layers).filter(
  (layer) => layer !== 'main' && layer !== 'compose' && layer !== 'cli',
);
const ground = ['fhir', 'platform'];
const features = ['interactions', 'search', 'search/plan', 'store/port', 'access', ...ground];
const engine = ['store/port', 'search/plan', ...ground];

/** A layer may import itself and what is named here. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  main: [...everywhere, 'compose'],
  commands: everywhere,
  compose: everywhere,
  // A program of its own: nothing of the server comes along but the check digit.
  cli: ['health-id'],
  http: ['audit', 'operations', 'interactions', 'access', 'search', 'search/plan', ...ground],
  // Administration is asked by its own socket and by operations of the API; users, clients and keys are oauth's.
  administration: [
    'oauth',
    'operations',
    'interactions',
    'access',
    'audit',
    'search/plan',
    'store/port',
    ...ground,
  ],
  oauth: ['access', 'audit', 'search', 'search/plan', 'store/port', ...ground],
  operations: [
    // An operation is shaped as an interaction is, so it is handed a Permit too.
    ...['access', 'health-id', 'sharing', 'scheduling', 'consults', 'interactions', 'validation'],
    ...['terminology', 'terminology/types', 'search', 'search/plan', 'store/port', ...ground],
  ],
  'health-id': [...features, 'notifications'],
  // What is shared or filed by health ID is about the person who has it.
  sharing: [...features, 'notifications', 'health-id'],
  scheduling: [...features, 'notifications'],
  consults: [...features, 'notifications'],
  notifications: features,
  jobs: [...features, 'notifications'],
  interactions: [
    ...['access', 'audit', 'validation', 'search', 'search/plan', 'store/port', ...ground],
    // interactions/types.ts names the port that compose passes in; the code behind it stays out of reach.
    'terminology/types',
  ],
  // The caller of an access is who the audit names.
  audit: ['access', 'search', 'search/plan', 'store/port', ...ground],
  access: ['search', 'search/plan', 'store/port', ...ground],
  validation: ['terminology', 'terminology/types', 'fhir'],
  search: ['search/plan', 'terminology', 'terminology/types', 'fhir'],
  'search/plan': [],
  terminology: ['terminology/types', 'fhir'],
  'terminology/types': ['fhir'],
  'store/open': ['store/sqlite', 'store/mongo', ...engine],
  'store/sqlite': engine,
  'store/mongo': engine,
  'store/port': ['search/plan', 'fhir'],
  fhir: [],
  platform: [],
};

/** Packages that belong to one place. */
const keepers: readonly { readonly packages: string; readonly layers: readonly string[] }[] = [
  { packages: '^(express|helmet|compression)$', layers: ['http', 'oauth', 'main', 'compose'] },
  { packages: '^(node:)?sqlite$', layers: ['store/sqlite'] },
  { packages: '^(mongoose|mongodb)$', layers: ['store/mongo'] },
];

/** Paths of a layer: its own, without those of the layers inside it. */
const pathsOf = (layer: string): { path: string; pathNot?: string[] } => {
  const inside = Object.keys(layers).filter((other) => other.startsWith(`${layer}/`));
  return {
    path: `^src/${layers[layer]!}`,
    ...(inside.length > 0 ? { pathNot: inside.map((name) => `^src/${layers[name]!}`) } : {}),
  };
};

/** A path expression of one layer alone, for the places where dependency-cruiser takes a single list. */
const exactly = (layer: string): string => {
  const inside = Object.keys(layers).filter((other) => other.startsWith(`${layer}/`));
  const without = inside.map((name) => `(?!${layers[name]!})`).join('');
  return `^src/${without}${layers[layer]!}`;
};

const layerRules: NonNullable<IFlattenedRuleSet['forbidden']> = Object.entries(mayImport).map(
  ([layer, allowed]) => ({
    name: `${layer} imports only what the table allows it`,
    severity: 'error',
    from: pathsOf(layer),
    to: {
      path: '^src/',
      pathNot: [layer, ...allowed].map((name) => exactly(name)),
    },
  }),
);

/** An app is written as anybody's would be: against the API, with the kit, and with nothing of the server or of another app. */
const appRules: NonNullable<IFlattenedRuleSet['forbidden']> = [
  {
    name: 'an app needs nothing of the server',
    severity: 'error',
    from: { path: '^smart-apps/' },
    to: { path: '^(src|test|seed)/' },
  },
  {
    name: 'an app imports itself and the kit, the kit itself',
    severity: 'error',
    from: { path: '^smart-apps/([^/]+)/' },
    to: { path: '^smart-apps/', pathNot: '^smart-apps/($1|ui)/' },
  },
  {
    name: 'apps are signed in to in one place',
    severity: 'error',
    from: { path: '^smart-apps/', pathNot: '^smart-apps/ui/src/(session|fhir)/' },
    to: { path: '(^|/)node_modules/fhirclient/' },
  },
];

const rules: IFlattenedRuleSet = {
  forbidden: [
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'everything resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'the server needs no test',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|smart-apps)/' },
    },
    ...layerRules,
    ...appRules,
    ...keepers.map(({ packages, layers: keepersLayers }) => ({
      name: `only ${keepersLayers.join(', ')} may import ${packages}`,
      severity: 'error' as const,
      from: { path: '^src/', pathNot: keepersLayers.map((layer) => exactly(layer)) },
      to: {
        path: packages.replace(/^\^/, '(^|/node_modules/|^node_modules/)').replace(/\$$/, '($|/)'),
      },
    })),
  ],
};

/** Reads every module of the server and of the apps; type-only imports count. */
export const readLayers = async (baseDir: string): Promise<ICruiseResult> => {
  const { output } = await cruise(['src', 'smart-apps'], {
    baseDir,
    validate: true,
    ruleSet: rules,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^smart-apps/[^/]+/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.css', '.d.ts'],
    },
  });
  if (typeof output === 'string')
    throw new Error('dependency-cruiser gave text where a result was expected.');
  return output;
};

/** Sentences of what is wrong; none when the table is kept. */
export const faultsOf = (result: ICruiseResult): readonly string[] => {
  const ours = result.modules.filter(({ source }) => source.startsWith('src/'));
  if (ours.length === 0) return ['No module was cruised, so nothing was checked.'];
  if (!result.modules.some(({ source }) => source.startsWith('smart-apps/')))
    return ['No module of an app was cruised.'];
  return [
    ...ours.filter(({ source }) => !hasLayer(source)).map(({ source }) => `${source} has no layer`),
    ...result.summary.violations.map(
      ({ rule, from, to }) => `${from} -> ${to}: breaks "${rule.name}"`,
    ),
  ];
};

const hasLayer = (source: string): boolean =>
  Object.values(layers).some((layer) => new RegExp(`^src/${layer}`).test(source));

if (import.meta.main) {
  const result = await readLayers(join(import.meta.dirname, '..'));
  const faults = faultsOf(result);
  for (const fault of faults) console.error(fault);
  console.log(
    `layers: ${result.summary.totalCruised} modules, ${result.summary.totalDependenciesCruised ?? 0} imports, ${faults.length} faults`,
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
}
