// Passkeys: asks the browser for one and posts what it gave with an ordinary form. Shown only where the browser can.
