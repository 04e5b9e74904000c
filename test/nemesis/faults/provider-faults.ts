import type { MailFault } from '../../support/shop/mail-fault';
import type { GatewayFault } from '../../support/shop/notifications';
import { FEW } from '../limits';
import type { Strike } from './fault-kind';

export const stopMailServer: Strike = async ({ mailServer }) => {
  await mailServer.stop();
  return () => mailServer.start();
};

const breakMailServer =
  (fault: MailFault): Strike =>
  ({ mailServer }) => {
    mailServer.breakWith(fault);
    return Promise.resolve(() => {
      mailServer.repair();
      return Promise.resolve();
    });
  };

export const hangMails = breakMailServer({ kind: 'hang' });

/** The server has the mail, and the connection breaks before it says so. */
export const loseMailAnswers = breakMailServer({ kind: 'drop', afterAccepting: true, times: FEW });

/** For good, as far as the sender can know: dead letters, until they are redriven. */
export const refuseMails = breakMailServer({ kind: 'error', code: 550, times: FEW });

const breakGateway =
  (fault: GatewayFault): Strike =>
  async ({ shop }) => {
    await shop.gateway.breakWith(fault);
    return () => shop.gateway.repair();
  };

export const refuseTexts = breakGateway({ kind: 'error', status: 400, times: FEW });

export const loseTextAnswers: Strike = ({ texts }) => {
  texts.loseAnswers(FEW);
  return Promise.resolve(() => {
    texts.loseAnswers(0);
    return Promise.resolve();
  });
};
