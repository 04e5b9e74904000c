import 'reflect-metadata';
import { bootstrap } from '@app/service';
import { EmailModule } from './email.module';

void bootstrap(EmailModule);
