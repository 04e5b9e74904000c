/** So many mails or texts a process of these runs has under way, and may repeat. */
export const SENDS_AT_ONCE = 10;

/** So many mails or texts meet a fault that is about each of them, such as a refusal: the rest goes out meanwhile. */
export const FEW = 5;
