import 'reflect-metadata';
import { bootstrap } from '@app/service';
import { InventoryModule } from './inventory.module';

void bootstrap(InventoryModule);
