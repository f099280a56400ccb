// Interactions: the pages between an app's request and its answer: choosing a hospital and a patient, and consent. Sign-in is
// elsewhere.

import express, { type ErrorRequestHandler, type Router } from 'express';
import { errors } from 'oidc-provider';
import { readConsent, refuse, showConsent } from './consent-step.ts';
import {
  openStep,
  type Exchange,
  type InteractionSources,
  type PromptName,
  type Step,
} from './interaction-step.ts';
import { expiredPage } from './message-pages.ts';
import { refuseMisplaced } from './own-app-step.ts';
import { sendPage } from './pages/send-page.ts';
import { chooseEncounter, showEncounters } from './encounter-step.ts';
import { choosePatient, showPicker } from './picker.ts';
import { chooseWorkplace, refuseDisplaced, showWorkplaces } from './workplace-step.ts';

type Answer = (step: Step, exchange: Exchange, sources: InteractionSources) => Promise<void> | void;

/** Mounted at `/interaction`. */
export const createInteractions = (sources: InteractionSources): Router => {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '64kb' });
  router.get('/:uid', async (req, res) => {
    const step = await openStep({ req, res }, sources);
    if (await isRefused(step, { req, res }, sources)) return;
    await pages[step.prompt](step, { req, res }, sources);
  });
  for (const [name, answer] of Object.entries(answers))
    router.post(`/:uid/${name}`, form, async (req, res) => {
      const step = await openStep({ req, res }, sources);
      const isLeaving = name === 'cancel';
      if (!isLeaving && (await isRefused(step, { req, res }, sources))) return;
      await answer(step, { req, res }, sources);
    });
  router.use(answerExpired);
  return router;
};

/** Who has no business in the app, and whose work has ended at the hospital they chose or came from. */
const isRefused = async (
  step: Step,
  exchange: Exchange,
  sources: InteractionSources,
): Promise<boolean> =>
  (await refuseMisplaced(step, exchange, sources)) ||
  (await refuseDisplaced(step, exchange, sources));

/** Whose record first, then which visit. */
const showContext: Answer = (step, exchange, sources) =>
  step.patient === undefined
    ? showPicker(step, exchange, sources)
    : showEncounters(step, exchange, sources);

const pages: Readonly<Record<PromptName, Answer>> = {
  login: ({ path }, { res }) => {
    res.redirect(303, `${path}/login`);
  },
  workplace: showWorkplaces,
  smart_context: showContext,
  consent: showConsent,
};

const answers: Readonly<Record<string, Answer>> = {
  workplace: chooseWorkplace,
  patient: choosePatient,
  encounter: chooseEncounter,
  consent: readConsent,
  cancel: (_step, exchange, sources) => refuse('The user refused.', exchange, sources),
};

const answerExpired: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof errors.SessionNotFound) sendPage(res, expiredPage, { status: 400 });
  else next(error);
};
