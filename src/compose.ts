// Compose: the one place where the parts meet. It thinks nothing, it wires.

import type { RequestListener } from 'node:http';
import { administrationOperations } from './administration/operations.ts';
import { createRunCommand, type RunCommand } from './administration/run-command.ts';
import type { Tools } from './administration/types.ts';
import { createAuthenticate, createFindCaller } from './access/authenticate.ts';
import { createAuthorize } from './access/authorize.ts';
import type { Permit } from './access/permit.ts';
import { createFindWorkplaces } from './access/workplaces.ts';
import { openAudit } from './audit/open.ts';
import { loadDefinitions } from './fhir/definitions/load.ts';
import { openCards } from './health-id/card/open.ts';
import { clerksOf } from './health-id/clerks.ts';
import { createCompletePatient } from './health-id/complete-patient.ts';
import { createIssue } from './health-id/issue.ts';
import { createRegisterApplicant } from './health-id/register-applicant.ts';
import { createSpellIdentifiers } from './health-id/spell-identifiers.ts';
import { createApp } from './http/app.ts';
import { createApps } from './http/apps.ts';
import { createBodyReader } from './http/body.ts';
import { createCors } from './http/cors.ts';
import { createDispatch } from './http/dispatch.ts';
import { createFhir } from './http/fhir.ts';
import { createGuard, type Guard } from './http/guard.ts';
import { transportHeaders } from './http/headers.ts';
import { senderAddress } from './http/client-address.ts';
import { createHealth } from './http/health.ts';
import { publishHealthCards } from './http/health-cards.ts';
import { createListener } from './http/listener.ts';
import { createMatcher } from './http/match.ts';
import { limitPublished } from './http/published-limit.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { limitSignIn } from './http/sign-in-limit.ts';
import { interactions, routes, withheld } from './http/routes.ts';
import { createCanonicalFinder } from './interactions/find-canonical.ts';
import { capabilityStatement } from './interactions/supported.ts';
import type { Context } from './interactions/types.ts';
import { othersEverySeconds, watchCommits } from './interactions/watch-commits.ts';
import { sendNotBuilt, showApps } from './oauth/apps-routes.ts';
import { createCheckClient } from './oauth/check-client.ts';
import { createPlanPatients } from './oauth/plan-patients.ts';
import { createOriginFinder } from './oauth/origins.ts';
import { openSignIn } from './oauth/open-sign-in.ts';
import { createScopeRules } from './oauth/scope-rules.ts';
import { createAuthorizationServer } from './oauth/server.ts';
import { endpoints } from './oauth/smart-configuration.ts';
import { issueInitialAccessToken } from './oauth/registration.ts';
import { createVerifyCard } from './oauth/verify-card/routes.ts';
import { createDeliver } from './notifications/deliver.ts';
import { openMessages } from './notifications/open.ts';
import { healthCardOperations } from './operations/health-cards.ts';
import { healthIdOperations } from './operations/health-id.ts';
import { openPeople } from './operations/people.ts';
import { operations } from './operations/registry.ts';
import { sharingOperations } from './operations/sharing.ts';
import { openSharing } from './operations/sharing/open.ts';
import { uploadOperations } from './operations/uploads.ts';
import { reportEmergency } from './audit/report-emergency.ts';
import { createClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { newId } from './platform/ids.ts';
import { once } from './platform/once.ts';
import type { Log } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { createSealer } from './platform/seal.ts';
import { readTrust } from './platform/trust-proxy.ts';
import { createRegistry } from './registry.ts';
import { openWaitingList } from './scheduling/waiting-list/look-after.ts';
import { withAvailability } from './scheduling/with-availability.ts';
import { indexFingerprint } from './search/index-fingerprint.ts';
import { countWrites } from './sharing/count-writes.ts';
import { createSharing } from './sharing/create-sharing.ts';
import { createMarkEmergencies } from './sharing/emergencies.ts';
import { createNotifyPatient } from './sharing/notify-patient.ts';
import { openUploads } from './sharing/publish/open.ts';
import { watchNumbers } from './sharing/publish/watch-numbers.ts';
import { ownKey } from './store/own-key.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/port.ts';
import { sealKeys } from './store/seal-keys.ts';
import { buildTerminology } from './terminology/build.ts';
import { buildValidation } from './validation/build.ts';

export interface Application {
  readonly context: Context;
  /** Answers every request. */
  readonly listener: RequestListener;
  /** Express alone, to compare with. */
  readonly app: RequestListener;
  /** Runs a command of an administrator who holds the data folder. */
  readonly administer: RunCommand;
  /** From now on it is not ready, and each answer ends its connection. */
  announceStop(): void;
  /** Closes the store. Nobody may be served any more. */
  close(): Promise<void>;
}

export const mount = '/fhir';

export interface Options {
  /** Takes the place of the standard one: tests and measures compose a server without sign-in. */
  readonly guard?: Guard;
}

export const compose = async (
  config: Config,
  log: Log,
  { guard }: Options = {},
): Promise<Application> => {
  const { limits, publicUrl } = config;
  const base = `${publicUrl}${mount}`;
  const definitions = loadDefinitions();
  const registry = createRegistry(definitions, base);
  const opened = await openStore({
    dataDir: config.dataDir,
    mongo: config.mongo,
    searchSeconds: limits.searchSeconds,
    fingerprint: indexFingerprint(definitions),
    log: (message) => {
      log.warn(message);
    },
    inform: (message) => {
      log.info(message);
    },
  });
  const finder = createCanonicalFinder({ resources: opened.resources, definitions, registry });
  const terminology = buildTerminology(finder.find);
  const validate = withAvailability(
    buildValidation({ definitions, terminology, find: finder.find }),
  );
  const counted = countWrites(opened.resources);
  const watched = { ...opened, resources: counted.resources };
  const { resources, stop: stopWatching } = watchCommits(watched, {
    changed: () => {
      finder.forget();
      terminology.invalidate();
    },
    // Only over MongoDB there are others who write.
    everySeconds: config.mongo === undefined ? undefined : othersEverySeconds,
  });
  const records = sealKeys(opened.records, config.keySecret);
  const { system, enrolOnCreate } = config.healthId;
  const store: Store = {
    ...{ ...opened, records },
    resources: watchNumbers(resources, {
      ...{ definitions, system },
      written: (numbers) => {
        uploads.later.note(numbers);
      },
    }),
  };
  const enrolling = { store, registry, newId, system, issue: createIssue(store.records) };
  const completePatient = createCompletePatient(enrolling, enrolOnCreate);

  const now = createClock();
  const cards = await openCards({
    ...{ records, publicUrl, trusted: config.healthCardIssuers, system, now },
    nameCode: async ({ system: of = '', code = '' }) =>
      (await terminology.codeSystem(of))?.find(code)?.display,
  });

  const deliver = createDeliver(openMessages(config.messages, config.dataDir, log));
  const sharing = openSharing({
    ...{ resources, records, definitions, deliver, now },
    ...{ system, emergencyMinutes: config.emergencyMinutes },
    reportEmergency: reportEmergency((event) => audit.report(event)),
    failed: (error) => {
      log.warn({ err: error }, 'a message to a patient could not be sent');
    },
  });
  const { resolve, sendToPatient } = sharing.parts;
  const noteFault = (error: unknown): string => {
    const requestId = newId();
    log.error({ err: error, requestId }, 'fault');
    return requestId;
  };
  const notify = createNotifyPatient({ context: () => context, sendToPatient });
  const uploads = openUploads({
    publishing: {
      ...{ system, resolve },
      authorize: (caller) => authorize(caller),
      notify,
    },
    clamd: config.clamd,
    context: () => context,
    failed: noteFault,
  });
  const waitingList = openWaitingList({
    ...{ context: () => context, failed: noteFault, everySeconds: 60 },
    tell: (patient, notice) => notify(patient, { kind: 'time-offered', ...notice }),
  });
  const clerks = (): Promise<Permit> => clerksOf(config.healthId.signUpDesk, authorize);
  const people = openPeople({
    ...{ enrolling, now, deliver, clerks, onFault: noteFault, context: () => context },
    ...{ aliases: sharing.aliases, resolve, majorityAge: config.healthId.majorityAge },
    attach: (guardianship) => signIn.attachGuardian(guardianship),
    onSignUpDecided: (decided) => signIn.signUp.decided(decided),
  });

  const metrics = createMetrics();
  const allOperations = [
    ...operations,
    ...healthIdOperations(enrolling, people.onDecided),
    ...people.operations,
    ...sharingOperations(sharing.parts),
    ...uploadOperations(uploads.refiling),
    ...healthCardOperations({ issue: cards.issue, revoke: cards.issuer.revoke }),
    ...administrationOperations(() => tools),
  ];
  const match = createMatcher({ routes, operations: allOperations, definitions });
  const tables = {
    ...{ interactions, withheld, registry, definitions, startedAt: Date.now() },
    operations: allOperations,
    endpoints: endpoints(`${publicUrl}/oauth`),
    software: { name: 'Meridian', version: '0.1.0' },
  };
  const trusts = readTrust(config.trustProxy ?? 'off');
  const transport = transportHeaders(config.publicUrl);
  const limit = createRateLimit(config.rateLimits);
  const authorize = createAuthorize({
    ...{ resources, registry, terminology, definitions, base, limits, now },
    sharing: createSharing({
      ...{ resources, definitions, base, now },
      // The guard has marked them.
      emergencies: ({ emergencies: open = [] }) => Promise.resolve(open),
      // Of what others write over MongoDB this process hears too late.
      written: config.mongo === undefined ? counted.written : undefined,
      isIndexed: async () => (await store.records.get('reindex', 'wanted')) === undefined,
    }),
  });
  const findCaller = createFindCaller({ records: store.records, now });
  const markEmergencies = createMarkEmergencies(sharing.parts.emergencies.find);
  const standardGuard = createGuard(createAuthenticate(findCaller, base), async (caller) =>
    authorize(await markEmergencies(caller)),
  );
  const signIn = await openSignIn({
    ...{ publicUrl, records: store.records, resources, definitions, now, newId, noteFault },
    ...{ staffFactor: config.staffFactor, idleSeconds: config.idleMinutes * 60 },
    majorityAge: config.healthId.majorityAge,
    vaultKey: await ownKey(store.records, 'vault'),
    deliver,
    register: createRegisterApplicant({ enrolling, clerks, context: () => context }),
    addressOf: (req) => senderAddress(req, trusts),
    report: (event) => audit.report(event),
  });
  const { users, invitations, identityProviders } = signIn;
  const authorization = await createAuthorizationServer({
    ...{ publicUrl, fhirBase: base, records: store.records, resources },
    rules: createScopeRules(definitions),
    privateHosts: config.jwksPrivateHosts,
    ...{ permitOf: authorize, lookUps: limit },
    findWorkplaces: createFindWorkplaces({ resources, definitions, base, now }),
    planPatients: createPlanPatients({ registry, terminology, definitions, base, limits, now }),
    signIn: signIn.pages,
    report: (event) => audit.report(event),
    noteFault,
  });
  const audit = await openAudit({
    ...{ dataDir: config.dataDir, registry, base, now, sync: config.auditSync },
    // What it writes is neither audited nor watched.
    store: { ...opened, records },
    failed: (error, what) => {
      log.error({ err: error }, what);
    },
  });
  metrics.watch('audit_backlog_rows', 'Accesses not yet readable as AuditEvents.', audit.backlog);
  metrics.watch('audit_works', 'Whether accesses can be recorded.', () => Number(audit.works()));
  const context: Context = {
    ...(limit ? { meter: limit } : {}),
    ...{ store, definitions, registry, terminology, validate, limits, newId, now },
    completePatient,
    publish: uploads.publish,
    timeGivenUp: waitingList.note,
    spellIdentifiers: createSpellIdentifiers(system),
    smartConfiguration: authorization.smartConfiguration,
    openLaunch: authorization.openLaunch,
    cursors: createSealer(await ownKey(store.records, 'cursors')),
    dispatch: createDispatch(match, () => context),
    settleAudit: audit.settled,
    capabilities: once(() => capabilityStatement(tables, base)),
    report: (error) => {
      log.error({ err: error }, 'fault in an entry');
    },
  };

  const tools: Tools = {
    ...{ context, base, users, identityProviders },
    invite: (draft) => invitations.invite(draft),
    checkClient: createCheckClient(authorization.provider),
    issueInitialAccessToken: () => issueInitialAccessToken(authorization.provider),
    report: audit.report,
  };

  const findOrigins = createOriginFinder(store.records);
  let stopping = false;
  const isStopping = (): boolean => stopping;
  const fhir = createFhir({
    ...{
      context,
      match,
      guard: guard ?? standardGuard,
      base,
      mount,
      log,
      metrics,
      isStopping,
      limit,
    },
    ...{ trusts, transport, audit, readBody: createBodyReader(limits.bodyBytes) },
    cors: createCors(findOrigins),
  });
  const health = createHealth({
    ...{ metrics, ping: () => store.ping(), isStopping, metricsSecret: config.metricsSecret },
    addressOf: (req) => senderAddress(req, trusts),
  });
  const app = createApp({
    ...{ fhir, mount, health, log, trusts, transport, publicUrl },
    authorization: authorization.router,
    healthCards: publishHealthCards(cards.issuer, limitPublished(limit, trusts)),
    verifyCard: createVerifyCard(cards.check),
    home: showApps,
    apps: createApps({
      ...{ folder: config.appsDir, publicUrl, findOrigins },
      ...{ list: showApps, sendMissing: sendNotBuilt },
    }),
    signInLimits: limitSignIn({ limit, limits: config.rateLimits, trusts }),
  });
  return {
    context,
    app,
    listener: createListener(app, fhir, mount),
    administer: createRunCommand(tools),
    announceStop: () => {
      stopping = true;
    },
    close: async () => {
      stopWatching();
      await waitingList.stop();
      await uploads.later.settled();
      await sharing.messages.settled();
      await audit.close();
      await store.close();
    },
  };
};
