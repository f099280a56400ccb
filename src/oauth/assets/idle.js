// Idle: warns before the session ends for want of use, and lets the person stay.
// https://www.w3.org/WAI/WCAG22/Understanding/timing-adjustable

'use strict';

const dialog = document.querySelector('dialog[data-idle]');
const idleMilliseconds = Number(dialog.dataset.idle) * 1000;
const warnMilliseconds = Number(dialog.dataset.warn) * 1000;
let timers = [];

const start = () => {
  timers.forEach(clearTimeout);
  timers = [
    setTimeout(() => dialog.showModal(), idleMilliseconds - warnMilliseconds),
    setTimeout(() => location.assign(dialog.dataset.ended), idleMilliseconds),
  ];
};

const stay = async () => {
  const answer = await fetch(dialog.dataset.stay, { method: 'POST' });
  if (!answer.ok) location.assign(dialog.dataset.ended);
  dialog.close();
  start();
};

dialog.querySelector('button').addEventListener('click', stay);
// The Escape key means to stay, too.
dialog.addEventListener('cancel', stay);
start();
