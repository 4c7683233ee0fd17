// Schemas of requests are compiled when the first request comes that they are about: compiling all of them takes a tenth of
// a start, and most are not asked that day.

import { AjvCompiler } from '@fastify/ajv-compiler';

type BuildValidator = ReturnType<typeof AjvCompiler>;
type Validator = ReturnType<ReturnType<BuildValidator>>;

/** What fastify makes its validators with, each of them put off. */
export function lazyValidators(): BuildValidator {
  const build = AjvCompiler();
  return (externalSchemas, options) => {
    const compile = build(externalSchemas, options);
    return (route) => {
      let compiled: Validator | undefined;
      const validate = ((data: unknown) => {
        compiled ??= compile(route);
        const isValid = compiled(data);
        // Where fastify looks for what is wrong.
        validate.errors = compiled.errors;
        return isValid;
      }) as Validator;
      return validate;
    };
  };
}
