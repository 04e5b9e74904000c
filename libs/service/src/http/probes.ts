/** The paths that are asked every few seconds by what watches the service. They are neither logged nor counted as requests. */
const PROBES = /^\/(health|metrics)\b/;

export const isProbe = (path: string): boolean => PROBES.test(path);
