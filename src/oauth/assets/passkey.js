// Passkeys: asks the browser for one and posts what it gave with an ordinary form. Shown only where the browser can.

'use strict';

const { startAuthentication, startRegistration, browserSupportsWebAuthn } =
  window.SimpleWebAuthnBrowser;

const ask = { get: startAuthentication, create: startRegistration };

const messages = {
  NotAllowedError: 'No passkey was used. Try again, or use another way to sign in.',
  InvalidStateError: 'This device already has a passkey for your account.',
  SecurityError: 'Passkeys cannot be used at this address.',
};

const run = async (form) => {
  const { options, passkey } = form.dataset;
  const answer = await fetch(options, { method: 'POST', headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error('expired');
  const given = await ask[passkey]({ optionsJSON: await answer.json() });
  form.elements.namedItem('answer').value = JSON.stringify(given);
  form.submit();
};

const explain = (form, error) => {
  const place = form.querySelector('[role=alert]');
  place.textContent = messages[error.name] ?? 'This page has expired. Load it again.';
};

const prepare = (form) => {
  form.hidden = false;
  for (const near of document.querySelectorAll('[data-with-passkey]')) near.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run(form).catch((error) => explain(form, error));
  });
};

if (browserSupportsWebAuthn()) document.querySelectorAll('form[data-passkey]').forEach(prepare);
