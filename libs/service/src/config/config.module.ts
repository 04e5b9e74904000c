import { DynamicModule, Module } from '@nestjs/common';
import { ConfigClass, loadConfig } from './load-config';

const LOADED = Symbol('loaded configuration');

/** Makes each configuration class injectable, filled from the environment. The only place that reads `process.env`. */
@Module({})
export class ConfigModule {
  static forRoot(classes: readonly ConfigClass[]): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [
        { provide: LOADED, useFactory: () => loadConfig(classes, process.env) },
        ...classes.map((configClass) => ({
          provide: configClass,
          inject: [LOADED],
          useFactory: (loaded: Map<ConfigClass, object>) => loaded.get(configClass),
        })),
      ],
      exports: [...classes],
    };
  }
}
