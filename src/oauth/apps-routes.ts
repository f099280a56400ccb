// Routes of the apps pages: public, and about nobody.

import type { RequestHandler, Response } from 'express';
import type { OwnApp } from '../access/own-apps.ts';
import { appsPage, notBuiltPage } from './pages/apps-pages.ts';
import { sendPage } from './pages/send-page.ts';

export const showApps: RequestHandler = (_req, res) => {
  sendPage(res, appsPage());
};

export const sendNotBuilt = (res: Response, app: OwnApp): void => {
  sendPage(res, notBuiltPage(app), { status: 404 });
};
