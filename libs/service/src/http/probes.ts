/** The paths that are asked every few seconds by what watches the service. They are neither logged nor counted as requests. */
const PROBES = /^\/(health|metrics)\b/;

/** @param url of a request, with or without its query */
export const isProbe = (url: string): boolean => PROBES.test(url);
