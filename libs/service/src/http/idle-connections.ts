import { Server } from 'node:http';
import { Socket } from 'node:net';

/** How often a stop looks for connections on which nothing is asked any more, in milliseconds. */
const LOOK_EVERY_MS = 50;

/** What is needed of Fastify's, whatever kind of requests it has. */
interface Fastify {
  readonly server: Server;
  addHook(name: 'preClose', hook: (done: () => void) => void): unknown;
}

/**
 * Lets a stop close each connection after its last answer. Node closes those that are idle when the stop begins; one that was busy then
 * would hold up the stop for as long as its client keeps it open.
 */
export function closeIdleConnections(fastify: Fastify): void {
  const { server } = fastify;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  fastify.addHook('preClose', (done) => {
    const looking = setInterval(() => {
      // To Node, a connection is idle once the answer is written, also where its client has not got all of it.
      if ([...sockets].every(({ writableLength }) => writableLength === 0)) server.closeIdleConnections();
    }, LOOK_EVERY_MS).unref();
    server.once('close', () => clearInterval(looking));
    done();
  });
}
