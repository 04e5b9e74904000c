/** So many mails or texts a process of these runs has under way, and may repeat. */
export const SENDS_AT_ONCE = 10;
