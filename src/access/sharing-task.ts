// sharing-task: the code system of the Tasks that stand for what the server was asked or did about sharing.

/** Only operations write such a Task. */
export const sharingTaskSystem = 'https://meridian.example/CodeSystem/sharing-task';
