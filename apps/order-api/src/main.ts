import 'reflect-metadata';
import { bootstrap } from '@app/service';
import { serveOpenApi } from './docs/open-api';
import { OrderApiModule } from './order-api.module';

void bootstrap(OrderApiModule, serveOpenApi);
