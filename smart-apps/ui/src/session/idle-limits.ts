// Idle limits: how long each app stays open when nobody uses it, in milliseconds; nowhere else is it said.
// 45 CFR 164.312(a)(2)(iii), automatic logoff: https://www.ecfr.gov/current/title-45/section-164.312

const minuteMs = 60_000;

/** Screens of staff stand where other people walk by. */
const ofStaffMs = 10 * minuteMs;
const ofPatientsMs = 15 * minuteMs;

const limits: Readonly<Record<string, number>> = {
  portal: ofPatientsMs,
  clinician: ofStaffMs,
  desk: ofStaffMs,
};

/** `app` is its client id. */
export const idleLimitMs = (app: string): number => limits[app] ?? ofStaffMs;

/** They have one session at the server: it opens none of them any more once the first of them has locked itself. */
export const sessionLimitMs = Math.min(ofStaffMs, ofPatientsMs);

/** WCAG 2.2, 2.2.1 asks for 20 seconds at least. https://www.w3.org/TR/WCAG22/#timing-adjustable */
export const noticeMs = minuteMs;
