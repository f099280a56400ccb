// Idle: warns before the session ends for want of use, and lets the person stay.
