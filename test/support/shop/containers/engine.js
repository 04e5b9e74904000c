const { spawnSync } = require('node:child_process');

const TIMEOUT_MS = 30_000;

/** Since then an overlay can take ports away. */
const COMPOSE_NEEDED = [2, 24, 4];

const docker = (...args) => spawnSync('docker', args, { encoding: 'utf8', timeout: TIMEOUT_MS });

/** Why the suite cannot run in containers here; undefined where it can. */
exports.whyNoContainers = () => {
  if (docker('version').status !== 0) return 'no Docker engine answers';
  const { stdout, status } = docker('compose', 'version', '--short');
  if (status !== 0 || !isNewEnough(stdout))
    return `Docker Compose ${COMPOSE_NEEDED.join('.')} or newer is needed`;
  const { stdout: endpoint } = docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}');
  // The containers' ports are on the engine's machine, and so are the files that they mount.
  if (!/^(unix|npipe):/.test(endpoint)) return `the Docker engine is on another machine (${endpoint.trim()})`;
};

function isNewEnough(version) {
  const [major, minor, patch] = (version.match(/\d+/g) ?? []).map(Number);
  const [wantedMajor, wantedMinor, wantedPatch] = COMPOSE_NEEDED;
  if (major !== wantedMajor) return major > wantedMajor;
  return minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch);
}
