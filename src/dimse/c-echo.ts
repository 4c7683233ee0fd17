// Verification. PS3.7 9.1.5, PS3.4 A.

import { type Service, status } from './operation.ts';

export const cEcho: Service = (operation) => {
  operation.run(async () => {
    await operation.served.handlers.echo(operation.served.exchange);
    operation.respond(status.success);
  });
  return undefined;
};
