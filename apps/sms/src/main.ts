import 'reflect-metadata';
import { bootstrap } from '@app/service';
import { SmsModule } from './sms.module';

void bootstrap(SmsModule);
