/** Members that hold personal data or secrets, wherever they stand in what is logged (two levels deep, as pino's wildcards reach). */
const PRIVATE_MEMBERS = ['customer', 'email', 'phone', 'to', 'password', 'authorization', 'cookie'];

/** The paths that pino replaces by `[redacted]`. */
export const REDACTED_PATHS = PRIVATE_MEMBERS.flatMap((member) => [member, `*.${member}`, `*.*.${member}`]);
