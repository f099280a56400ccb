// Addresses: each page of the tables in the apps' source, and where it is opened.

import type { Happened } from './everything.ts';
import type { AppName } from './open-apps.ts';

type Address = string | ((happened: Happened) => string);

export const addressOf = (address: Address, happened: Happened): string =>
  typeof address === 'string' ? address : address(happened);

export const addresses: Readonly<Record<AppName, Readonly<Record<string, Address>>>> = {
  portal: {
    '/': '/',
    '/record': '/record',
    '/record/conditions': '/record/conditions',
    '/record/allergies': '/record/allergies',
    '/record/immunizations': '/record/immunizations',
    '/record/:type/:id': '/record/Condition/diabetes-priya',
    '/results': '/results',
    '/results/:code': '/results/4548-4',
    '/medicines': '/medicines',
    '/medicines/:id': '/medicines/metformin-priya',
    '/documents': '/documents',
    '/documents/new': '/documents/new',
    '/documents/:id': '/documents/summary-priya',
    '/profile': '/profile',
    '/visits': '/visits',
    '/visits/new': '/visits/new',
    '/visits/wait': '/visits/wait',
    '/visits/confirm/:id': ({ held }) => `/visits/confirm/${held}`,
    '/visits/:id': '/visits/appt-priya',
    '/visits/:id/move': ({ booked }) => `/visits/${booked}/move`,
    '/card': '/card',
    '/sharing': '/sharing',
    '/sharing/new': '/sharing/new',
    '/sharing/looked': '/sharing/looked',
    '/people': '/people',
    '/people/new': '/people/new',
    '/people/invitation': '/people/invitation',
  },
  clinician: {
    '/': '/',
    '/patients': '/patients',
    '/patients/:id': '/patients/priya-sharma',
    '/patients/:id/prescribe': '/patients/priya-sharma/prescribe',
    '/patients/:id/prescriptions/:ids': '/patients/priya-sharma/prescriptions/metformin-priya',
    '/patients/:id/note': '/patients/priya-sharma/note',
    '/patients/:id/orders': '/patients/priya-sharma/orders',
    '/patients/:id/follow-up': '/patients/priya-sharma/follow-up',
    '/patients/:id/gallery': '/patients/priya-sharma/gallery',
    '/access/:uhid?': ({ uhid }) => `/access/${uhid}`,
    '/emergency/:uhid?': ({ uhid }) => `/emergency/${uhid}`,
  },
  desk: {
    '/': '/',
    '/book/:patient?': '/book/priya-sharma',
    '/visits/:id/move': ({ booked }) => `/visits/${booked}/move`,
    '/register': '/register',
    '/patients': '/patients',
    '/patients/:id': '/patients/priya-sharma',
    '/upload/:patient?': '/upload/priya-sharma',
    '/uploads': '/uploads',
    '/duplicates': '/duplicates',
    '/duplicates/:id': ({ duplicate }) => `/duplicates/${duplicate}`,
    '/availability': '/availability',
    '/availability/new': '/availability/new',
    '/availability/:id': ({ schedule }) => `/availability/${schedule}`,
    '/access': '/access',
  },
};
