import 'reflect-metadata';
import { bootstrap } from '@app/service';
import { serveDocs } from './docs/serve-docs';
import { OrderApiModule } from './order-api.module';

void bootstrap(OrderApiModule, serveDocs);
