import {
  closeConnections,
  cutNodeOff,
  fillBrokerDisk,
  killBroker,
  killNode,
  pauseNode,
} from './broker-faults';
import { fillDatabaseDisk, killDatabase, lockTable, pauseDatabase } from './database-faults';
import type { FaultKind } from './fault-kind';
import {
  hangMails,
  loseMailAnswers,
  loseTextAnswers,
  refuseMails,
  refuseTexts,
  stopMailServer,
} from './provider-faults';
import { addReplica, cut, jumpClock, kill, pause, REPLICA, silence, stop } from './service-faults';

const SERVICES = ['order-api', 'inventory', 'email', 'sms'];
/** A process more is a part of its own, so that the first one can be killed while there are two. */
const REPLICAS = SERVICES.map((service) => `${service}${REPLICA}`);

/** How long what was killed or stopped stays away. */
const AWAY = [0, 10] as const;

/** More than two heartbeats (10 to 15 s) and more than a lease (30 s): so all that is given up after a while is given up in some runs. */
const UP_TO_40_S = [1, 40] as const;

/** Few messages meet it, so it has often struck all of them long before. */
const UP_TO_15_S = [1, 15] as const;

/** It happens, and is over. */
const MOMENT = [0, 0] as const;

/** All that a nemesis does. */
export const FAULTS: readonly FaultKind[] = [
  // A process ends.
  { name: 'kill', parts: [...SERVICES, 'sms-gateway'], seconds: AWAY, strike: kill },
  { name: 'stop', parts: SERVICES, seconds: AWAY, strike: stop },
  { name: 'kill', parts: ['database'], seconds: AWAY, strike: killDatabase },
  { name: 'kill all nodes', parts: ['broker'], seconds: AWAY, strike: killBroker },
  { name: 'kill a node', parts: ['broker'], seconds: AWAY, strike: killNode },

  // A process hangs: its connections stand open, and say nothing.
  { name: 'pause', parts: [...SERVICES, 'sms-gateway'], seconds: UP_TO_40_S, strike: pause },
  { name: 'pause', parts: ['database'], seconds: UP_TO_40_S, strike: pauseDatabase },
  { name: 'pause a node', parts: ['broker'], seconds: UP_TO_40_S, strike: pauseNode },

  // The network fails: connections break, or fall silent.
  { name: 'cut from database and broker', parts: SERVICES, seconds: UP_TO_40_S, strike: cut },
  { name: 'silence to database and broker', parts: SERVICES, seconds: UP_TO_40_S, strike: silence },
  { name: 'cut a node off', parts: ['broker'], seconds: UP_TO_40_S, strike: cutNodeOff },
  { name: 'close all connections', parts: ['broker'], seconds: MOMENT, strike: closeConnections },

  // There is no room, or no turn.
  { name: 'disk full', parts: ['broker'], seconds: UP_TO_40_S, strike: fillBrokerDisk },
  { name: 'disk full', parts: ['database'], seconds: UP_TO_40_S, strike: fillDatabaseDisk },
  { name: 'lock a table', parts: ['database'], seconds: UP_TO_40_S, strike: lockTable },

  // The time is another, or the number of processes.
  { name: 'clock jumps', parts: SERVICES, seconds: UP_TO_40_S, strike: jumpClock },
  { name: 'scale up, then down', parts: REPLICAS, seconds: UP_TO_40_S, strike: addReplica('stop') },
  { name: 'scale up, then kill', parts: REPLICAS, seconds: UP_TO_40_S, strike: addReplica('kill') },

  // A provider fails.
  { name: 'stop', parts: ['mail-server'], seconds: UP_TO_40_S, strike: stopMailServer },
  { name: 'hang', parts: ['mail-server'], seconds: UP_TO_40_S, strike: hangMails },
  { name: 'lose answers', parts: ['mail-server'], seconds: UP_TO_15_S, strike: loseMailAnswers },
  { name: 'refuse', parts: ['mail-server'], seconds: UP_TO_15_S, strike: refuseMails },
  { name: 'lose answers', parts: ['sms-gateway'], seconds: UP_TO_15_S, strike: loseTextAnswers },
  { name: 'refuse', parts: ['sms-gateway'], seconds: UP_TO_15_S, strike: refuseTexts },
];
