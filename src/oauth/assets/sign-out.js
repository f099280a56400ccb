// Sign-out: who has asked for it in one of our own apps is not asked a second time. Without scripts the button is there.

'use strict';

document.querySelector('button[name="logout"]').click();
