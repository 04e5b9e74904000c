import 'reflect-metadata';
import { AVAILABILITY } from '@app/contracts';
import { answerRpc } from '@app/messaging';
import { bootstrap } from '@app/service';
import { InventoryModule } from './inventory.module';

void bootstrap(InventoryModule, answerRpc(AVAILABILITY));
